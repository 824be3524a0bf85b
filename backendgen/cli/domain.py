"""The domain in words and as a diagram, from the answers."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from backendgen.answers import Answers, FieldAnswers, ResourceAnswers
from backendgen.errors import BackendgenError

ARGUMENTS = {
    "string": "{length}",
    "decimal": "{precision},{scale}",
    "ref": "{target[name]}",
    "many": "{target[name]}",
}
FLAGS = ("optional", "unique", "index", "readonly", "private")
BOUNDS = ("min", "max", "min_length", "pattern")
# Zero or one on this side where the reference may be empty, exactly one where it may not.
TO_ONE = {
    (False, False): "||--o{",
    (True, False): "|o--o{",
    (False, True): "||--o|",
    (True, True): "|o--o|",
}


def resource_of(answers: Answers, name: str) -> ResourceAnswers:
    known = {resource["name"]: resource for resource in answers["resources"]}
    if name in known:
        return known[name]
    close = get_close_matches(name, known, 1, cutoff=0.5)
    hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(known) or 'none yet'}"
    raise BackendgenError(f"there is no resource {name!r}; {hint}")


def field_row(field: FieldAnswers) -> tuple[str, str, str]:
    return field["name"], type_of(field), " ".join(_rules(field))


def type_of(field: FieldAnswers) -> str:
    """As in the spec: `string:200`, `enum:draft,published`, `ref:Author`."""
    argument = ARGUMENTS.get(field["type"], "").format(**field)
    if field["type"] == "enum":
        argument = ",".join(value["value"] for value in field["values"])
    return ":".join(part for part in (field["type"], argument) if part)


def _rules(field: FieldAnswers) -> Iterator[str]:
    if field["type"] == "ref":
        yield str(field["on_delete"])
    values: Mapping[str, object] = {**field}
    yield from (flag for flag in FLAGS if values[flag])
    if field["has_default"]:
        yield f"default={_shown(field['default'])}"
    yield from (f"{bound}={values[bound]}" for bound in BOUNDS if values[bound] is not None)


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def facts(resource: ResourceAnswers) -> Iterator[str]:
    """What holds of the resource as a whole, a line each."""
    names = resource["names"]
    yield f"/{names['kebab_plural']}, table {names['table']}, id {resource['id']}"
    yield ", ".join(f"{action} {rule}" for action, rule in resource["access"].items())
    flags = [flag for flag in ("timestamps", "soft_delete", "versioned") if resource[flag]]
    yield ", ".join(flags) or "no timestamps"
    yield from (f"unique together: {', '.join(each['columns'])}" for each in resource["unique"])
    yield from (f"indexed together: {', '.join(each['columns'])}" for each in resource["indexes"])
    if resource["search"]:
        yield f"search: {', '.join(resource['search'])}"


def diagram(resources: Sequence[ResourceAnswers]) -> str:
    """A Mermaid entity-relationship diagram."""
    lines = ["erDiagram"]
    for resource in resources:
        lines.append(f"    {resource['name']} {{")
        lines.append(f"        {resource['id']} id PK")
        lines += [f"        {column}" for field in resource["fields"] for column in _column(field)]
        lines.append("    }")
    lines += [f"    {line}" for resource in resources for line in _relations(resource)]
    return "\n".join(lines)


def _column(field: FieldAnswers) -> Iterator[str]:
    if field["column"] is None:
        return
    key = " FK" if field["type"] == "ref" else " UK" if field["unique"] else ""
    type_ = field["target"]["id"] if field["target"] else field["type"]
    yield f"{type_} {field['column']}{key}"


def _relations(resource: ResourceAnswers) -> Iterator[str]:
    for field in resource["fields"]:
        target = field["target"]
        if target is None:
            continue
        many = field["type"] == "many"
        ends = "}o--o{" if many else TO_ONE[field["optional"], field["unique"]]
        yield f'{target["name"]} {ends} {resource["name"]} : "{field["name"]}"'
