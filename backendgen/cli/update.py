from collections.abc import Mapping

from backendgen.cli.changing import conclude, here
from backendgen.cli.parse import Run
from backendgen.cli.questions import questions
from backendgen.errors import BackendgenError
from backendgen.project import Project, changed_answers, propose_update
from backendgen.releases import current


def update(run: Run) -> int:
    """Bring the project to the templates of the installed backendgen.

    Your edits are kept as by `apply`. Answers that the newer templates no longer know, or know
    with a default of their own, are told one by one.
    """
    with here(run) as project:
        _refuse_dropped_choices(project)
        with run.report.progress("Rendering both versions and merging"):
            proposal = propose_update(project)
        told = changed_answers({**project.applied}, proposal.recorded)
        run.report.record(answers=told)
        run.report.listed("Answers:", told)
        return conclude(run, proposal)


def _refuse_dropped_choices(project: Project) -> None:
    """A template that no longer offers a choice would silently take its default instead."""
    template = current()
    recorded: Mapping[str, object] = {**project.applied}
    for question in questions(template.root):
        chosen, offered = recorded.get(question.name), question.choices.values()
        if offered and chosen is not None and chosen not in offered:
            raise BackendgenError(
                f"the templates {template.version} no longer have {question.name}: {chosen};"
                f" stay with the backendgen that brought {project.template.version}"
            )
