"""Every command in display order, and the overview that `--help` prints. Imports nothing else."""

from collections.abc import Sequence
from typing import NamedTuple

ALTERING = "a migration that changes an existing table"


class Command(NamedTuple):
    words: str
    summary: str
    missing: str = ""
    """What this release lacks for it."""

    @property
    def function(self) -> str:
        return self.words.replace(" ", "_")

    @property
    def module(self) -> str:
        return f"backendgen.cli.{self.function}"

    @property
    def refusal(self) -> str:
        return (
            f"`backendgen {self.words}` comes with a later release: {self.missing} is missing"
            " in this one; nothing was written"
        )


COMMANDS = (
    Command("new", "make a project: a wizard on a terminal, flags or a spec elsewhere"),
    Command("add resource", "add a resource: model, endpoints, migration, tests, wiring"),
    Command("add field", "add fields to a resource", ALTERING),
    Command("change field", "change a field's type or rules", ALTERING),
    Command("rename field", "rename a field and keep its data", ALTERING),
    Command("rename resource", "rename a resource and keep its data", ALTERING),
    Command("remove field", "remove a field", ALTERING),
    Command("remove resource", "remove a resource", ALTERING),
    Command("apply", "bring the code to a hand-edited backendgen.yaml"),
    Command("diff", "show what apply would do; with --sql the migration's SQL"),
    Command("undo", "take the last change back"),
    Command("update", "bring the project to the templates of this backendgen"),
    Command("status", "say what is pending"),
    Command("check", "exit 3 when spec, code and migrations differ (for CI)"),
    Command("show", "show the domain as a table; with --erd as a Mermaid diagram"),
    Command("detect", "say what a directory's backend is made of, with the evidence"),
)


GROUPS = {command.words.split()[0] for command in COMMANDS if " " in command.words}


def asks_for_overview(argv: Sequence[str]) -> bool:
    words = argv[1:] if argv and argv[0] in GROUPS else argv
    return not words or words[0] in ("--help", "-h")


def overview(argv: Sequence[str]) -> str:
    """The help of the root, or of a group such as `add`."""
    group = argv[0] if argv and argv[0] in GROUPS else ""
    here = [row for row in COMMANDS if not group or row.words.startswith(f"{group} ")]
    listed = ["Commands:", *(_line(row) for row in here if not row.missing)]
    later = ["", "In a later release:", *(_line(row) for row in here if row.missing)]
    return "\n".join([*_head(group), *listed, *(later if len(later) > 2 else []), "", *FOOT])


FOOT = (
    "Every command takes --help, --dry-run, --json, --quiet, --no-input and --debug.",
    "`backendgen --install-completion` completes commands in the shell.",
)


def _head(group: str) -> list[str]:
    if group:
        return [f"Usage: backendgen {group} COMMAND [ARGUMENTS] [OPTIONS]", ""]
    return [
        "Usage: backendgen COMMAND [ARGUMENTS] [OPTIONS]",
        "",
        "Generates a production-grade backend from one spec, and stays with it for life.",
        "Start with:  backendgen new",
        "",
    ]


def _line(command: Command) -> str:
    return f"  {command.words:<16} {command.summary}"
