"""What is different between the answers that were applied and those that shall be."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from backendgen.spec.reading import listed
from backendgen.spec.shape import Answers, FieldAnswers, ResourceAnswers

LATER = "a migration that changes an existing table comes with a later release"
SETTING_LATER = "changing it in a project comes with a later release"
MOVE_LATER = "moving a package comes with a later release"

SETTINGS = ("name", "framework", "database", "auth", "api_style", "language")
TABLE_OPTIONS = ("id", "timestamps", "soft_delete", "versioned", "unique", "indexes")
UNSTORED = frozenset(
    {
        "counterexample",
        "description",
        "example",
        "min_length",
        "other",
        "pattern",
        "private",
        "readonly",
        "was",
    }
)
"""What of a field the database knows nothing of."""


@dataclass(frozen=True)
class Difference:
    """One difference; what this release cannot apply says in its sentence what is missing."""

    kind: str
    subject: str
    sentence: str
    supported: bool = True


def differences(recorded: Answers, new: Answers) -> tuple[Difference, ...]:
    """Never empty where the answers are not equal; what releases record differently is no difference."""
    old = aligned(recorded, new)
    found = (*_settings(old, new), *_resources(old, new))
    if not found and old != new:
        return (Difference("order_changed", "spec", "the order of the spec is different"),)
    return found


def aligned(old: Answers, new: Answers) -> Answers:
    """Old answers with the keys that this release records: one that is new has the value it has now."""
    return cast(Answers, _aligned(old, new))


def _aligned(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: _aligned(old[key], new[key]) if key in old else new[key] for key in new}
    if isinstance(old, list) and isinstance(new, list):
        named = {each["name"]: each for each in new if isinstance(each, dict) and "name" in each}
        return [
            _aligned(each, named.get(each["name"]))
            if isinstance(each, dict) and "name" in each
            else each
            for each in old
        ]
    return old


def _settings(old: Answers, new: Answers) -> Iterator[Difference]:
    before: Mapping[str, Any] = {**old}
    after: Mapping[str, Any] = {**new}
    for key in SETTINGS:
        if before[key] != after[key]:
            sentence = f"`{key}` was {before[key]} and is {after[key]}; {SETTING_LATER}"
            yield Difference("setting_changed", key, sentence, supported=False)
    if before["description"] != after["description"]:
        yield Difference("description_changed", "spec", "the description of the spec is different")


def _resources(old: Answers, new: Answers) -> Iterator[Difference]:
    before = {each["name"]: each for each in old["resources"]}
    after = {each["name"]: each for each in new["resources"]}
    renamed = _renamed(before, after)
    yield from _fields("User", old["user_fields"], new["user_fields"])
    for name, resource in after.items():
        if name in before:
            yield from _resource(before[name], resource)
        elif name in renamed:
            sentence = f"the resource {renamed[name]} is called {name} now; {LATER}"
            yield Difference("resource_renamed", name, sentence, supported=False)
        else:
            yield Difference("resource_added", name, f"the resource {name} is new")
    for name in before:
        if name not in after and name not in renamed.values():
            sentence = f"the resource {name} is gone; {LATER}"
            yield Difference("resource_removed", name, sentence, supported=False)


def _renamed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """New names by what they were called: `was` counts until the name itself is known."""
    return {
        name: each["was"]
        for name, each in after.items()
        if name not in before and each["was"] in before and each["was"] not in after
    }


def _resource(old: ResourceAnswers, new: ResourceAnswers) -> Iterator[Difference]:
    yield from _names(old, new)
    yield from _options(old, new)
    yield from _access(old, new)
    yield from _words(old, new)
    yield from _fields(new["name"], old["fields"], new["fields"])


def _names(old: ResourceAnswers, new: ResourceAnswers) -> Iterator[Difference]:
    name = new["name"]
    if old["names"]["table"] != new["names"]["table"]:
        tables = f"{old['names']['table']} to {new['names']['table']}"
        sentence = f"the table of {name} goes from {tables}; {LATER}"
        yield Difference("table_changed", name, sentence, supported=False)
    if old["names"]["snake_plural"] != new["names"]["snake_plural"]:
        plurals = f"{old['names']['snake_plural']} to {new['names']['snake_plural']}"
        sentence = f"the plural of {name} goes from {plurals}; {MOVE_LATER}"
        yield Difference("plural_changed", name, sentence, supported=False)


def _options(old: ResourceAnswers, new: ResourceAnswers) -> Iterator[Difference]:
    before: Mapping[str, Any] = {**old}
    after: Mapping[str, Any] = {**new}
    for option in TABLE_OPTIONS:
        if before[option] != after[option]:
            sentence = f"`{option}` of {new['name']} is different; {LATER}"
            yield Difference("option_changed", new["name"], sentence, supported=False)


def _access(old: ResourceAnswers, new: ResourceAnswers) -> Iterator[Difference]:
    name = new["name"]
    if old["owned"] != new["owned"]:
        verb = "gets" if new["owned"] else "loses"
        sentence = f"{name} {verb} an owner, and with it a column; {LATER}"
        yield Difference("access_changed", name, sentence, supported=False)
    elif old["access"] != new["access"]:
        yield Difference("access_changed", name, f"the access to {name} is different")


def _words(old: ResourceAnswers, new: ResourceAnswers) -> Iterator[Difference]:
    name = new["name"]
    if old["search"] != new["search"]:
        yield Difference("search_changed", name, f"the search of {name} is different")
    if old["description"] != new["description"]:
        yield Difference("description_changed", name, f"the description of {name} is different")


def _fields(
    resource: str, old: Iterable[FieldAnswers], new: Iterable[FieldAnswers]
) -> Iterator[Difference]:
    before = {each["name"]: each for each in old}
    after = {each["name"]: each for each in new}
    renamed = _renamed(before, after)
    for name, field in after.items():
        place = f"{resource}.{name}"
        if name in before:
            yield from _field(place, before[name], field)
        elif name in renamed:
            sentence = f"the field {resource}.{renamed[name]} is called {name} now; {LATER}"
            yield Difference("field_renamed", place, sentence, supported=False)
        else:
            sentence = f"the field {place} is new; {LATER}"
            yield Difference("field_added", place, sentence, supported=False)
    for name in before:
        if name not in after and name not in renamed.values():
            sentence = f"the field {resource}.{name} is gone; {LATER}"
            yield Difference("field_removed", f"{resource}.{name}", sentence, supported=False)


def _field(place: str, old: FieldAnswers, new: FieldAnswers) -> Iterator[Difference]:
    before, after = _comparable(old), _comparable(new)
    changed = [key for key in after if before.get(key) != after[key]]
    if not changed:
        return
    stored = [key for key in changed if key not in UNSTORED]
    if stored:
        sentence = f"{listed(stored)} of {place} is different; {LATER}"
        yield Difference("field_changed", place, sentence, supported=False)
    elif changed == ["description"]:
        yield Difference("description_changed", place, f"the description of {place} is different")
    else:
        yield Difference("field_changed", place, f"{listed(changed)} of {place} is different")


def _comparable(field: FieldAnswers) -> dict[str, Any]:
    """The field without spellings, which follow from a name: its own, or that of its target."""
    found: dict[str, Any] = {**field}
    for key in ("names", "constraints", "join", "enum"):
        del found[key]
    found["target"] = field["target"]["name"] if field["target"] else None
    return found
