from typing import Annotated

from typer import Argument, Option

from backendgen.cli.changing import here
from backendgen.cli.domain import diagram, facts, field_row, resource_of
from backendgen.cli.parse import Run

COLUMNS = ("Field", "Type", "Rules")


def show(
    run: Run,
    resource: Annotated[str | None, Argument(help="Only this one; all if left out.")] = None,
    erd: Annotated[bool, Option("--erd", help="As a Mermaid entity-relationship diagram.")] = False,
) -> int:
    """Show the domain that backendgen.yaml describes."""
    report = run.report
    with here(run) as project:
        wanted = project.wanted
    resources = [resource_of(wanted, resource)] if resource else wanted["resources"]
    report.record(command="show", user_fields=wanted["user_fields"], resources=resources)
    if erd:
        report.record(erd=diagram(resources))
        report.answer(diagram(resources))
        return 0
    if wanted["user_fields"] and not resource:
        report.table("User", COLUMNS, map(field_row, wanted["user_fields"]))
    for row in resources:
        report.table(row["name"], COLUMNS, map(field_row, row["fields"]))
        report.answer("\n".join(f"  {fact}" for fact in facts(row)))
    if not resources:
        report.answer("there is no resource yet; add one with: backendgen add resource NAME FIELD…")
    return 0
