import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from backendgen.cli.draft import Draft, draft_resource
from backendgen.cli.parse import Run
from backendgen.cli.wanted import Wanted, from_draft, from_spec, refuse_taken
from backendgen.cli.words import told_of
from backendgen.errors import BackendgenError, UsageError
from backendgen.project import carry_out_new, propose_new
from backendgen.spec.grammar import API_STYLES, AUTHS, DATABASES, FRAMEWORKS, LANGUAGES, Choice

NEXT = ("make setup", "make migrate", "make check", "make dev")


def _ready(choices: Mapping[str, Choice]) -> str:
    return "|".join(choice.name for choice in choices.values() if not choice.missing)


def new(
    run: Run,
    directory: Annotated[
        Path | None, Argument(metavar="DIR", help="Where; the project's name if left out.")
    ] = None,
    name: Annotated[str | None, Option(metavar="NAME", help="The project's name: my-shop")] = None,
    description: Annotated[str | None, Option(metavar="TEXT", help="What it is for.")] = None,
    framework: Annotated[str | None, Option(metavar=_ready(FRAMEWORKS))] = None,
    database: Annotated[str | None, Option(metavar=_ready(DATABASES))] = None,
    auth: Annotated[str | None, Option(metavar=_ready(AUTHS))] = None,
    api_style: Annotated[
        str | None, Option(metavar=_ready(API_STYLES), help="How Flask's views are written.")
    ] = None,
    language: Annotated[
        str | None, Option(metavar=_ready(LANGUAGES), help="What Express is written in.")
    ] = None,
    spec: Annotated[
        Path | None, Option(metavar="FILE", help="A spec; options override its settings.")
    ] = None,
    resource: Annotated[
        list[str] | None,
        Option(metavar="'NAME FIELD...'", help="A resource with its fields; repeatable."),
    ] = None,
) -> int:
    """Make a project.

    On a terminal it asks what the options leave open. Elsewhere, and with --spec, --resource or
    --no-input, what is left open takes its default. A directory that holds a backend already gives
    its framework and database as the defaults. A file that is there is never overwritten.
    """
    settings = {
        "name": name,
        "description": description,
        "framework": framework,
        "database": database,
        "auth": auth,
        "api_style": api_style,
        "language": language,
    }
    given = {key: value for key, value in settings.items() if value is not None}
    refuse_taken(run, directory)
    if spec and resource:
        raise UsageError("--spec and --resource exclude each other; write the resource in the spec")
    if spec:
        return _make(run, from_spec(run, directory, spec, given))
    draft = Draft(given, tuple(map(draft_resource, resource or ())))
    wanted = from_draft(run, directory, draft)
    try:
        return _make(run, wanted)
    except BackendgenError:
        if wanted.asked:
            run.report.commands("Your answers as one line:", [wanted.command])
        raise


def _make(run: Run, wanted: Wanted) -> int:
    report, root = run.report, wanted.directory.absolute()
    with report.progress("Rendering"), told_of(wanted.word, wanted.text):
        proposal = propose_new(root, wanted.text, wanted.source)
    report.record(command="new", dry_run=run.dry_run, root=str(root), again=wanted.command)
    if not run.dry_run:
        with report.progress("Writing"):
            carry_out_new(proposal)
        report.tree(str(wanted.directory), [change.path for change in proposal.plan.changes])
    report.plan(proposal.plan, lines=run.dry_run)
    if run.dry_run:
        report.say("nothing was written (--dry-run)")
    else:
        steps = [f"cd {shlex.quote(str(wanted.directory))}", *NEXT]
        report.record(next=steps)
        report.commands("Next:", steps)
        report.commands("The same again:", [wanted.command])
    return 0
