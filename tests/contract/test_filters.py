"""Filters: every operator of every type, and what is no filter."""

from __future__ import annotations

import operator
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tests.contract.cases import each, fields, resources
from tests.contract.domain import LINES, Field, Resource, Service
from tests.contract.problems import done, refused
from tests.contract.rules import ARABIC_ONE, bad_ids
from tests.contract.values import order
from tests.contract.world import Row, World, among, any_version, ids

EVERY_OPERATOR = ("ne", "lt", "lte", "gt", "gte", "in", "contains", "isnull")
COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}


class Filter(NamedTuple):
    field: Field
    operator: str

    def __str__(self) -> str:
        return f"{self.field.resource}.{self.field.parameter(self.operator)}"


def filters(service: Service) -> list[Filter]:
    return [
        Filter(field, name)
        for resource in service.resources
        for field in resource.columns
        for name in field.operators
    ]


def strangers(service: Service) -> list[Filter]:
    """Operators that a field does not have."""
    return [
        Filter(field, name)
        for resource in service.resources
        for field in resource.columns
        for name in ("", *EVERY_OPERATOR)
        if name not in field.operators
    ]


def as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def found(world: World, resource: Resource, parameter: str, value: str) -> set[Any]:
    """The rows of the sample that a filter leaves."""
    params = {"id__in": among(world.sample(resource)), parameter: value}
    if parameter == "id__in":
        params = {parameter: value}
    return set(ids(world.rows(resource, **params)))


def matches(field: Field, name: str, shown: Any, wanted: Any) -> bool:
    """Whether a row whose field shows this is found."""
    if name == "isnull":
        return (shown is None) is wanted
    if field.type == "many":
        return set(wanted) <= set(shown)
    if shown is None:
        return name == "ne"
    if name == "in":
        return shown in wanted
    if name == "contains":
        return fold(wanted) in fold(shown)
    return COMPARE[name](order(field, shown), order(field, wanted))


def fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def questions(filter_: Filter, sample: list[Row]) -> list[tuple[str, Any]]:
    """What to ask a filter, as sent and as meant."""
    field, name = filter_
    values = [row[field.key] for row in sample]
    # What is only ever set by the service may be empty in every row.
    filled = [value for value in values if value is not None] or [any_value(field)]
    if name == "isnull":
        return [("true", True), ("false", False)]
    if field.type == "many":
        lists = {tuple(value[:many]) for value in values for many in (1, 2) if value}
        return [(",".join(map(str, one)), one) for one in sorted(lists, key=str)]
    if name == "contains":
        return [(part, part) for value in filled for part in parts(value)]
    if name == "in":
        chosen = [value for value in filled if "," not in as_text(value)]
        return [
            (",".join(map(as_text, some)), some)
            for some in (chosen[:1], chosen[1:4], chosen[:2] * 2)
            if some
        ]
    return [(as_text(value), value) for value in filled]


def any_value(field: Field) -> Any:
    if field.type != "ref":
        return field.example
    return next(bad.value for bad in bad_ids(field) if bad.code == "reference")


def parts(text: str) -> list[str]:
    """Some substrings, in another case too; German ß has no single upper case."""
    middle = text[len(text) // 3 :][:3]
    return [text, middle, middle.upper(), middle.lower()]


@each("filter_", filters)
def test_a_filter(world: World, filter_: Filter) -> None:
    field, name = filter_
    resource = world.service.resource(field.resource)
    sample = world.sample(resource)
    asked = questions(filter_, sample)
    assert asked
    for sent, meant in asked:
        wanted = {row["id"] for row in sample if matches(field, name, row[field.key], meant)}
        assert found(world, resource, field.parameter(name), sent) == wanted, (name, sent)


@each("filter_", strangers)
def test_an_operator_that_the_type_does_not_have(world: World, filter_: Filter) -> None:
    resource = world.service.resource(filter_.field.resource)
    parameter = filter_.field.parameter(filter_.operator)
    answer = world.api(resource).get(resource.path, params={parameter: "1"})
    problem = refused(answer, 422, f"query.{parameter} unknown")
    known = [f.parameter(name) for f in resource.columns for name in f.operators]
    assert [one for one in known if one not in problem["detail"]] == []


WRONG: Mapping[str, tuple[tuple[str, str], ...]] = {
    "int": (("abc", "type"), ("", "type"), ("1.5", "type"), (ARABIC_ONE, "type")),
    "bigint": (("abc", "type"), ("", "type"), (str(2**63), "too_large")),
    "float": (("abc", "type"), ("", "type"), ("nan", "type"), ("inf", "type")),
    "decimal": (("abc", "format"), ("", "format"), ("NaN", "format"), ("1e2", "format")),
    "bool": (("", "type"), ("yes", "type"), ("1", "type"), ("True", "type")),
    "date": (("", "format"), ("2026-02-30", "format"), ("2026-01-02T00:00:00Z", "format")),
    "time": (("", "format"), ("25:00:00", "format"), ("12:30", "format")),
    "datetime": (("", "format"), ("2026-01-02", "format"), ("2026-01-02T00:00:00", "format")),
    "uuid": (("", "format"), ("abc", "format"), ("urn:uuid:" + "0" * 32, "format")),
    "enum": (("", "enum"), ("no_such_value", "enum")),
    "many": (("", "format"), ("abc", "format")),
    "email": (("not an e-mail", "format"),),
    "url": (("ftp://example.com", "format"),),
    "slug": (("Not a slug", "format"),),
}
WRONG_IDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "uuid": (("", "format"), ("abc", "format"), ("1", "format")),
    "int": (("", "type"), ("abc", "type"), (str(2**63), "too_large"), ("1.0", "type")),
}


def wrong_values(field: Field) -> tuple[tuple[str, str], ...]:
    if field.type in ("ref", "id", "many"):
        return WRONG_IDS[field.id_type]
    return WRONG.get(field.type, ())


@each("filter_", lambda s: [f for f in filters(s) if f.operator not in ("isnull", "contains")])
def test_the_value_of_a_filter_is_checked(world: World, filter_: Filter) -> None:
    resource = world.service.resource(filter_.field.resource)
    parameter = filter_.field.parameter(filter_.operator)
    for value, code in (*wrong_values(filter_.field), ("\0", nul_code(filter_.field))):
        answer = world.api(resource).get(resource.path, params={parameter: value})
        refused(answer, 422, f"query.{parameter} {code}")


def nul_code(field: Field) -> str:
    """A NUL is `invalid` where text is wanted, else it is one more malformed value."""
    if field.type in (*LINES, "text"):
        return "invalid"
    return dict(wrong_values(field))[""]


@each("field", fields(lambda f: "isnull" in f.operators))
def test_isnull_is_true_or_false(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    for value in ("", "yes", "1", "null"):
        answer = world.api(resource).get(resource.path, params={f"{field.key}__isnull": value})
        refused(answer, 422, f"query.{field.key}__isnull type")


@each("resource", resources())
def test_at_most_a_hundred_values_of_in(world: World, resource: Resource) -> None:
    one = str(world.shared(resource)["id"])
    api = world.api(resource)
    done(api.get(resource.path, params={"id__in": ",".join([one] * 100)}))
    answer = api.get(resource.path, params={"id__in": ",".join([one] * 101)})
    refused(answer, 422, "query.id__in too_long")


@each("resource", resources())
def test_filters_are_all_applied(world: World, resource: Resource) -> None:
    first, second = world.sample(resource)[:2]
    one = str(first["id"])
    assert ids(world.rows(resource, id=one, id__in=among([first, second]))) == [first["id"]]
    assert world.rows(resource, id=one, id__ne=one) == []


@each("resource", resources())
def test_several_wrong_filters_are_reported_at_once(world: World, resource: Resource) -> None:
    params = {"nope": "1", "sort": "nope", "limit": "0", "id": ""}
    answer = world.api(resource).get(resource.path, params=params)
    code = WRONG_IDS[resource.id][0][1]
    errors = ("query.nope unknown", "query.sort unknown", "query.limit too_small")
    refused(answer, 422, *errors, f"query.id {code}")


@each("field", fields(lambda f: "contains" in f.operators and f.pattern is None and f.writable))
def test_contains_takes_every_character_as_it_is(world: World, field: Field) -> None:
    if field.type not in ("string", "text") or (field.max_length or 99) < 12:
        return
    resource = world.service.resource(field.resource)
    code = world.supply.code()[-4:]
    made = [
        world.create(resource, {field.key: f"{code}{world.supply.code()[-2:]}{mark}x"})
        for mark in ("%", "_", "\\", "É", "'")
    ]
    for row, part in zip(made, ("%x", "_x", "\\x", "éX", "'x"), strict=True):
        params = {"id__in": among(made), f"{field.key}__contains": part}
        assert ids(world.rows(resource, **params)) == [row["id"]], part


@each(
    "field", fields(lambda f: f.type == "string" and f.writable and not f.pattern and not f.private)
)
def test_equality_is_by_code_point(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    room = (field.max_length or 9) - 1
    stem = world.supply.code()[:room].ljust(min(room, field.min_length or 0), "x")
    texts = [f"{stem}{end}" for end in ("e", "E", "é", " ", "\t")]
    made = [world.create(resource, {field.key: text}) for text in texts]
    for row, text in zip(made, texts, strict=True):
        params = {"id__in": among(made), field.key: text}
        assert ids(world.rows(resource, **params)) == [row["id"]], text


@each("resource", resources())
def test_an_unknown_parameter_names_the_known_ones(world: World, resource: Resource) -> None:
    known = ["limit", "cursor", "sort", "include_total", *(["q"] if resource.search else [])]
    hidden = [f.key for f in resource.fields if f.private]
    extra = [] if resource.search else ["q"]
    for name in ("nope", "Limit", "page", "offset", "id__", "__ne", "id__nope", *hidden, *extra):
        answer = world.api(resource).get(resource.path, params={name: "1"})
        problem = refused(answer, 422, f"query.{name} unknown")
        assert [one for one in known if one not in problem["detail"]] == []


@each("resource", resources())
def test_a_repeated_parameter_is_refused(world: World, resource: Resource) -> None:
    some_id = str(world.sample(resource)[0]["id"])
    page = done(world.api(resource).get(resource.path, params={"limit": "1"}))
    cursor = page["next_cursor"]
    for name, value in (("limit", "2"), ("sort", "id"), ("id", some_id), ("cursor", cursor)):
        answer = world.api(resource).get(resource.path, params=[(name, value), (name, value)])
        refused(answer, 422, f"query.{name} invalid")


@each("resource", resources())
def test_only_lists_take_parameters(world: World, resource: Resource) -> None:
    row = world.create(resource)
    api, item = world.api(resource), resource.item(row["id"])
    options: dict[str, Any] = {"params": {"limit": "1"}, "headers": any_version(resource)}
    for answer in (
        api.get(item, **options),
        api.patch(item, {}, **options),
        api.delete(item, **options),
        api.post(resource.path, world.body(resource), **options),
    ):
        refused(answer, 422, "query.limit unknown")
    assert done(api.get(item)) == row
