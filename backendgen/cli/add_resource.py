from typing import Annotated

from typer import Argument, Option

from backendgen.cli.changing import conclude, here
from backendgen.cli.parse import Run
from backendgen.cli.resource import resource_options, with_resource
from backendgen.project import propose_resource


def add_resource(
    run: Run,
    name: Annotated[str, Argument(metavar="NAME", help="A PascalCase singular noun: Post")],
    fields: Annotated[
        list[str] | None,
        Argument(metavar="FIELD", help="name:type[:argument][:rule]..., as title:string:200"),
    ] = None,
    id: Annotated[str | None, Option("--id", metavar="uuid|int", help="The kind of id.")] = None,
    no_timestamps: Annotated[
        bool, Option("--no-timestamps", help="Without created_at and updated_at.")
    ] = False,
    soft_delete: Annotated[
        bool, Option("--soft-delete", help="Keep deleted rows, hidden from everyone.")
    ] = False,
    versioned: Annotated[
        bool, Option("--versioned", help="With ETag and If-Match, against lost updates.")
    ] = False,
    plural: Annotated[str | None, Option(metavar="NAME", help="Its plural: people")] = None,
    table: Annotated[str | None, Option(metavar="NAME", help="Its table.")] = None,
    unique: Annotated[
        list[str] | None, Option(metavar="A,B", help="Fields unique together; repeatable.")
    ] = None,
    index: Annotated[
        list[str] | None, Option(metavar="A,B", help="Fields indexed together; repeatable.")
    ] = None,
    search: Annotated[str | None, Option(metavar="A,B", help="Fields that `q` searches.")] = None,
    access: Annotated[
        list[str] | None,
        Option(metavar="ACTION=RULE,...", help="Who may: list=public,update=owner"),
    ] = None,
    description: Annotated[str | None, Option(metavar="TEXT", help="What it is for.")] = None,
) -> int:
    """Add a resource: model, schema, service, endpoints, migration, tests, docs, wiring.

    backendgen add resource Post title:string:200:index author:ref:Author:cascade

    backendgen.yaml gets the resource, its comments and order are kept. Other changes of it that
    are not applied yet are refused: apply them first.
    """
    options = resource_options(
        {
            "id": id,
            "no_timestamps": no_timestamps,
            "soft_delete": soft_delete,
            "versioned": versioned,
            "plural": plural,
            "table": table,
            "unique": unique,
            "indexes": index,
            "search": search,
            "access": access,
            "description": description,
        }
    )
    with here(run) as project:
        with run.report.progress("Rendering and merging"):
            text = with_resource(project.text, name, fields or [], options)
            proposal = propose_resource(project, text)
        return conclude(run, proposal)
