"""The resource of `add resource`, from its arguments and options to the text of the spec."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from backendgen.cli.words import OPTIONS, KeyPath, pairs, told_of
from backendgen.errors import UsageError
from backendgen.project import SPEC_FILE
from backendgen.spec.editing import add_resource
from backendgen.spec.loading import parse_spec


def resource_options(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options as the spec has them: lists of fields for `A,B`, a mapping for `list=public`."""
    options = {key: value for key, value in given.items() if value}
    for key in {"unique", "indexes"} & set(options):
        options[key] = [group.split(",") for group in options[key]]
    if "search" in options:
        options["search"] = options["search"].split(",")
    if "access" in options:
        options["access"] = _access(",".join(options["access"]))
    if options.pop("no_timestamps", False):
        options["timestamps"] = False
    return options


def _access(rules: str) -> Mapping[str, str]:
    parted = [rule.partition("=") for rule in rules.split(",")]
    if not all(action and rule for action, _, rule in parted):
        raise UsageError(
            f"--access {rules!r} cannot be read; write: --access list=public,read=public"
        )
    return {action: rule for action, _, rule in parted}


def with_resource(text: str, name: str, fields: Sequence[str], options: Mapping[str, Any]) -> str:
    """The spec's text with one more resource."""
    grown = add_resource(text, name, pairs(fields), options)
    with told_of(partial(_word, name, fields), grown):
        parse_spec(grown, SPEC_FILE)
    return grown


def _word(name: str, fields: Sequence[str], path: KeyPath) -> str | None:
    """The word of `add resource` that a part of the spec comes from."""
    if path[:2] != ("resources", name):
        return None
    if path[2:3] == ("fields",) and len(path) > 3:
        at = [field.partition(":")[0] for field in fields].index(path[3])
        return f"argument {at + 2}"
    return f"--{OPTIONS.get(path[2], path[2])}" if len(path) > 2 else "argument 1"
