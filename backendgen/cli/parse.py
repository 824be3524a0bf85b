"""From argv to a call: Typer parses, and the options that every command has are added here."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer

from backendgen import __version__
from backendgen.cli.table import Command
from backendgen.errors import UsageError
from backendgen.report import Report

USAGE = 2


class Run(NamedTuple):
    """How a command was asked to run, apart from what it was asked to do."""

    report: Report
    dry_run: bool
    interactive: bool


def _common(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be done; write nothing.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Data on standard output, words on standard error.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Only what was asked for, conflicts and errors.")
    ] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask.")] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of a bug of backendgen's own.")
    ] = False,
) -> Run:
    report = Report(json=json, quiet=quiet)
    return Run(report, dry_run, interactive=report.terminal and not (no_input or json))


def parse(commands: Sequence[Command], argv: Sequence[str]) -> int:
    try:
        code = _app(commands)(list(argv), prog_name="backendgen", standalone_mode=False)
    except typer.TyperException as error:
        if error.exit_code != USAGE:
            raise
        raise UsageError(_sentence(error, commands)) from error
    return int(code or 0)


def _app(commands: Iterable[Command]) -> typer.Typer:
    groups = {"": typer.Typer(rich_markup_mode=None, callback=_root)}
    for command in commands:
        group, _, name = command.words.rpartition(" ")
        if command.missing:
            continue
        if group not in groups:
            groups[group] = typer.Typer(rich_markup_mode=None, callback=_group)
            groups[""].add_typer(groups[group], name=group)
        groups[group].command(name)(_with_common(_function(command)))
    return groups[""]


def _version(asked: bool) -> None:
    if asked:
        print(f"backendgen {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Generates a production-grade backend from one spec, and stays with it."""


def _group() -> None:
    """See `backendgen --help`."""


def _function(command: Command) -> Callable[..., int]:
    function: Callable[..., int] = getattr(import_module(command.module), command.function)
    return function


def _with_common(function: Callable[..., int]) -> Callable[..., int]:
    """The first parameter, the run, is made from the common options."""
    own = list(inspect.signature(function).parameters.values())[1:]
    common = list(inspect.signature(_common).parameters.values())

    def call(**given: Any) -> int:
        run = _common(**{parameter.name: given.pop(parameter.name) for parameter in common})
        code = function(run, **given)
        run.report.close(code)
        return code

    call.__doc__ = function.__doc__
    call.__signature__ = inspect.Signature(own + common)  # type: ignore[attr-defined]
    call.__annotations__ = {parameter.name: parameter.annotation for parameter in own + common}
    return call


def _sentence(error: typer.TyperException, commands: Sequence[Command]) -> str:
    said = error.format_message().strip().rstrip(".")
    words = f"{commands[0].words} " if len(commands) == 1 else ""
    return f"{said[:1].lower()}{said[1:]}; see: backendgen {words}--help"
