"""What commands in a project have in common: open it, write a proposal, tell what became of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backendgen.cli.parse import Run
from backendgen.project import Project, Proposal, carry_out, opened

LEFT_FOR_A_PERSON = 3


@contextmanager
def here(run: Run) -> Iterator[Project]:
    """The project around the working directory."""
    with opened(Path.cwd()) as project:
        tell_recovered(run, project.recovered)
        run.report.record(root=str(project.root))
        yield project


def tell_recovered(run: Run, sentence: str | None) -> None:
    if sentence:
        run.report.record(recovered=sentence)
        run.report.insist(sentence, style="yellow")


def conclude(run: Run, proposal: Proposal) -> int:
    report, conflicts = run.report, proposal.plan.conflicts
    report.record(command=proposal.command, dry_run=run.dry_run)
    if not run.dry_run:
        carry_out(proposal)
    report.plan(proposal.plan)
    if run.dry_run:
        report.say("nothing was written (--dry-run)")
    elif conflicts:
        report.insist(
            "\nresolve what is in conflict, then run: backendgen check;"
            " or take everything back: backendgen undo"
        )
    elif proposal.plan.writes:
        report.commands("Next:", [*(["make migrate"] if proposal.migration else []), "make check"])
    return LEFT_FOR_A_PERSON if conflicts else 0
