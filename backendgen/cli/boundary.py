"""Finds the command, and is the one boundary where an error becomes a sentence."""

import difflib
import os
import sys
import traceback
from collections.abc import Sequence

from backendgen.cli.table import COMMANDS, GROUPS, Command
from backendgen.errors import BackendgenError, UsageError

COMPLETION = "_BACKENDGEN_COMPLETE"


def run(argv: Sequence[str]) -> int:
    """The exit code: 0 done, 1 input refused, 2 usage, 3 something is left for a person."""
    try:
        return _dispatch(argv)
    except BackendgenError as error:
        return _refuse(error, argv)
    except KeyboardInterrupt:
        return _refuse(BackendgenError("interrupted; nothing half-done is left behind"), argv)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _refuse(BackendgenError(_system_sentence(error)), argv, error)
    except Exception as error:  # noqa: BLE001 - the boundary: a bug is told in a sentence too
        return _refuse(BackendgenError(_bug_sentence(error)), argv, error)


def _dispatch(argv: Sequence[str]) -> int:
    words = [word for word in argv[:2] if not word.startswith("-")]
    everything = COMPLETION in os.environ or argv[:1] != words[:1]
    commands = COMMANDS if everything else (_command(words),)
    if commands[0].missing:
        raise BackendgenError(commands[0].refusal)
    # Imported here: what is refused above shall not wait for Typer.
    from backendgen.cli.parse import parse

    return parse(commands, argv)


def _command(words: Sequence[str]) -> Command:
    for command in COMMANDS:
        if command.words in (words[0], " ".join(words)):
            return command
    raise UsageError(_unknown(words))


def _unknown(words: Sequence[str]) -> str:
    known = [command.words for command in COMMANDS]
    grouped = words[0] in GROUPS
    asked = " ".join(words) if grouped else words[0]
    close = difflib.get_close_matches(asked, known, 1) or ["--help"]
    return f"there is no command {asked!r}; did you mean: backendgen {close[0]}"


def _refuse(error: BackendgenError, argv: Sequence[str], cause: Exception | None = None) -> int:
    from backendgen.report import Report

    if cause is not None and "--debug" in argv:
        traceback.print_exception(cause)
    Report(json="--json" in argv).refused(error)
    return error.exit_code


def _system_sentence(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


def _bug_sentence(error: Exception) -> str:
    kind = type(error).__name__
    return (
        f"this is a bug in backendgen ({kind}: {error}); nothing half-done is left behind. "
        "Please report it, with what the same command prints when --debug is added"
    )
