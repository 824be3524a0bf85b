from typing import Annotated

from typer import Option

from backendgen.cli.changing import LEFT_FOR_A_PERSON, here
from backendgen.cli.parse import Run
from backendgen.project import propose_change, sql, unified


def diff(
    run: Run,
    with_sql: Annotated[
        bool, Option("--sql", help="Only the SQL of the migration, for the project's database.")
    ] = False,
) -> int:
    """Show what `backendgen apply` would do: files with their diffs, and the migration's steps.

    Nothing is written. The exit code is 3 where apply would leave conflicts.
    """
    report = run.report
    with here(run) as project, report.progress("Rendering and merging"):
        proposal = propose_change(project, "diff")
        statements = sql(project, proposal) if with_sql else ""
    steps = list(proposal.migration.steps) if proposal.migration else []
    report.record(command="diff", migration=steps)
    if with_sql:
        report.record(sql=statements)
        report.answer(statements.rstrip() or "-- the database stays as it is")
        return 0
    diffs = {change.path: unified(change) for change in proposal.plan.writes}
    report.record(diffs=diffs)
    for text in diffs.values():
        report.diff(text)
    report.listed("Migration:", steps)
    report.plan(proposal.plan)
    return LEFT_FOR_A_PERSON if proposal.plan.conflicts else 0
