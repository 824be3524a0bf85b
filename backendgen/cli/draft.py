"""A spec that is not in a file yet: flags and the wizard make one, and it becomes the text of one."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from backendgen.cli.words import KeyPath, pairs
from backendgen.errors import UsageError
from backendgen.spec.editing import add_resource
from backendgen.spec.grammar import SETTINGS


@dataclass(frozen=True)
class DraftResource:
    name: str
    fields: tuple[str, ...]
    """As on the command line: `title:string:200`."""

    @property
    def argument(self) -> str:
        return shlex.join((self.name, *self.fields))


@dataclass(frozen=True)
class Draft:
    settings: Mapping[str, str]
    resources: tuple[DraftResource, ...] = ()

    @property
    def text(self) -> str:
        text = "".join(f"{key}: {_scalar(self.settings[key])}\n" for key in self._keys)
        text += "resources: {}\n"
        for resource in self.resources:
            text = add_resource(text, resource.name, pairs(resource.fields), {})
        return text

    @property
    def _keys(self) -> Sequence[str]:
        return [key for key in SETTINGS if self.settings.get(key)]

    def command(self, directory: str) -> str:
        """The line that makes the same project, byte for byte."""
        words = ["backendgen", "new", directory]
        for key in self._keys:
            words += [option(key), self.settings[key]]
        for resource in self.resources:
            words += ["--resource", resource.argument]
        return shlex.join([*words, "--no-input"])


def draft_resource(argument: str) -> DraftResource:
    """Reads `--resource 'Post title:string:200 body:text'`."""
    try:
        name, *fields = shlex.split(argument)
    except ValueError as error:
        raise UsageError(
            f"--resource {argument!r} cannot be read;"
            " write: --resource 'Post title:string:200 body:text'"
        ) from error
    return DraftResource(name, tuple(fields))


def option(setting: str) -> str:
    return f"--{setting.replace('_', '-')}"


def word_of(path: KeyPath) -> str:
    """The option of `new` that a part of a draft comes from."""
    return f"--resource {path[1]}" if len(path) > 1 else option(path[0])


def with_settings(text: str, settings: Mapping[str, str]) -> str:
    """The spec with these settings in place of its own; every other byte stays."""
    for key, value in settings.items():
        text = _with_setting(text, key, value)
    return text


def settings_in(text: str) -> Mapping[str, str]:
    """What the text sets, as far as it can be read: its problems are parse_spec's to tell."""
    entries = _entries(text)
    return {key.value: value.value for key, value in entries if isinstance(value, yaml.ScalarNode)}


def _with_setting(text: str, key: str, value: str) -> str:
    entries = _entries(text)
    for known, node in entries:
        if known.value == key:
            return text[: node.start_mark.index] + _scalar(value) + text[node.end_mark.index :]
    if not entries:
        return f"{text}{key}: {_scalar(value)}\n" if not text.strip() else text
    first = entries[0][0].start_mark
    end = "\n" if first.column == 0 else ", "
    return f"{text[: first.index]}{key}: {_scalar(value)}{end}{text[first.index :]}"


def _entries(text: str) -> Sequence[tuple[yaml.ScalarNode, yaml.Node]]:
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError:
        return []
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return [(key, value) for key, value in pairs if isinstance(key, yaml.ScalarNode)]


def _scalar(value: str) -> str:
    dumped: str = yaml.safe_dump(value, width=float("inf"), allow_unicode=True)
    return dumped.removesuffix("\n").removesuffix("\n...")
