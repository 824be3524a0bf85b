from pathlib import Path
from typing import Annotated

from typer import Option

from backendgen.cli.changing import tell_recovered
from backendgen.cli.parse import Run
from backendgen.project import take_back


def undo(
    run: Run,
    yes: Annotated[
        bool, Option("--yes", help="Even if the last change is the making of the project.")
    ] = False,
) -> int:
    """Take the last change back, to the byte, if nothing touched its files since."""
    plan, recovered = take_back(Path.cwd(), dry_run=run.dry_run, whole=yes)
    tell_recovered(run, recovered)
    run.report.record(command="undo", dry_run=run.dry_run)
    run.report.plan(plan)
    if run.dry_run:
        run.report.say("nothing was written (--dry-run)")
    return 0
