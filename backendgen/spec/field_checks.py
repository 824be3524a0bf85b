"""Rules for one field: its name, and whether its words go together."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from backendgen.spec import grammar, names, reserved
from backendgen.spec.finding import (
    SNAKE_NAME,
    Finding,
    Sight,
    described,
    is_snake_name,
    name_for,
    snaked,
)
from backendgen.spec.model import Field, Resource
from backendgen.spec.reading import closest, listed, shown
from backendgen.spec.samples import accepts, counterexample, samples
from backendgen.spec.spelling import spell, spell_replaced, spell_value


def name_shape(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    if not is_snake_name(field.name):
        message = f"{shown(field.name)} is not a name such as first_name, 40 characters at most"
        yield Finding((), message, spell_replaced(field, name=snaked(field.name)))


def name_reserved(_: Sight, resource: Resource, field: Field) -> Iterator[Finding]:
    if not is_snake_name(field.name):
        return
    key = names.key_of(field.name, field.type)
    owner = reserved.taken_attribute(field.name) or reserved.taken_attribute(key)
    if owner is None and key in reserved.SQL and field.type != "many":
        owner = "SQL"
    if owner:
        message = f"the name {shown(field.name)} is taken by {owner}"
        other = name_for(resource, field.name)
        yield Finding((), message, spell_replaced(field, name=other))


def relation_named_by_id(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    """`author_id: ref:Author` would be `author_id_id`."""
    for ending in ("_id", "_ids"):
        if field.is_relation and field.name.endswith(ending) and field.name != ending:
            other = field.name.removesuffix(ending)
            message = (
                f"a relation has the name of what it leads to; the key gets {ending} by itself"
            )
            yield Finding((), message, spell_replaced(field, name=other))


def target_exists(sight: Sight, _: Resource, field: Field) -> Iterator[Finding]:
    known = [*sight.by_name, *(["User"] if sight.has_users else [])]
    if field.target is None or field.target in known:
        return
    if field.target == "User":
        yield Finding(("target",), "`User` is not there with `auth: none`", "auth: jwt")
        return
    meant = closest(field.target, known)
    hint = f"did you mean `{meant}`?" if meant else f"there are {listed(known)}"
    message = f"there is no resource {shown(field.target)}, {hint}"
    remedy = spell_replaced(field, target=meant or next(iter(known), "User"))
    yield Finding(("target",), message, remedy)


def user_relation(_: Sight, resource: Resource, field: Field) -> Iterator[Finding]:
    if resource.name == "User" and field.is_relation:
        message = f"`User` comes before every resource: {field.target} may refer to it instead"
        yield Finding((), message, "user: ref:User:unique")


def set_null(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    if field.on_delete == "set_null" and not field.optional:
        message = "`set_null` needs a field that may be empty"
        yield Finding(("on_delete",), message, spell_replaced(field, optional=True))
    elif field.on_delete and field.on_delete not in grammar.ON_DELETE:
        message = f"`on_delete` is one of {listed(grammar.ON_DELETE)}"
        meant = closest(field.on_delete, grammar.ON_DELETE) or "restrict"
        yield Finding(("on_delete",), message, f"on_delete: {meant}")


def readonly(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    if field.readonly and not (field.optional or field.has_default):
        message = "`readonly` needs `optional` or a default, since no client sends it"
        yield Finding(("readonly",), message, spell_replaced(field, optional=True))


def unique_default(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    if field.unique and field.has_default:
        message = "a default is unique only once"
        line = spell_replaced(field, has_default=False, default=None)
        yield Finding(("default",), message, line)


def bounds(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    if field.min is None or field.max is None or field.min < field.max:
        return
    low, high = spell_value(field.min), spell_value(field.max)
    message = f"`min` {low} is not less than `max` {high}"
    line = spell_replaced(field, max=None)
    yield Finding(("max",), message, line)


def min_length(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    if field.min_length is not None and field.length and field.min_length > field.length:
        message = f"`min_length` {field.min_length} is more than the {field.length} that fit"
        yield Finding(("min_length",), message, spell_replaced(field, min_length=field.length))


def decimals(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    if field.type == "decimal" and (field.scale or 0) > (field.precision or 0):
        message = f"of {field.precision} digits {field.scale} cannot be decimals"
        yield Finding(("scale",), message, spell_replaced(field, scale=field.precision))


def enum_values(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    if field.type != "enum":
        return
    for value in field.values:
        if len(value) > grammar.LONGEST_NAME or not SNAKE_NAME.fullmatch(value):
            message = f"the value {shown(value)} is not in snake_case"
            fixed = tuple(dict.fromkeys(snaked(each) for each in field.values))
            yield Finding(("values",), message, _with_values(field, fixed))
            return
    yield from _enum_set(field)


def _enum_set(field: Field) -> Iterator[Finding]:
    distinct = tuple(dict.fromkeys(field.values))
    if len(distinct) < len(field.values):
        message = "a value of the enum is given twice"
        yield Finding(("values",), message, _with_values(field, distinct))
    elif len(distinct) < 2:
        message = "an enum has two values or more"
        yield Finding(("values",), message, _with_values(field, (*distinct, "other")))
    elif len(distinct) > grammar.MOST_VALUES:
        message = f"an enum has at most {grammar.MOST_VALUES} values"
        yield Finding(("values",), message, f"{field.name}: string:{grammar.LONGEST_NAME}")
    elif taken := {"true", "false", "null", "mro"}.intersection(distinct):
        message = f"the value {shown(min(taken))} is a constant in JSON or Python"
        fixed = tuple(f"is_{each}" if each in taken else each for each in distinct)
        yield Finding(("values",), message, _with_values(field, fixed))


def _with_values(field: Field, values: tuple[str, ...]) -> str:
    kept = field.has_default and field.default in values
    changed = replace(field, values=values, has_default=kept)
    return spell(changed)


def default_accepted(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    if field.has_default and not accepts(field, field.default):
        message = f"the default {shown(spell_value(field.default))} breaks the field's own rules"
        line = spell_replaced(field, has_default=False, default=None)
        yield Finding(("default",), message, line)


def key_length(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    keyed = "unique" if field.unique else "index" if field.index else None
    if keyed and field.type == "string" and (field.length or 0) > grammar.LONGEST_KEY:
        message = f"a key holds at most {grammar.LONGEST_KEY} characters, not {field.length}"
        yield Finding((keyed,), message, spell_replaced(field, length=grammar.LONGEST_KEY))


def was(_: Sight, resource: Resource, field: Field) -> Iterator[Finding]:
    if field.was is None:
        return
    others = [each for each in resource.fields if each is not field]
    if not SNAKE_NAME.fullmatch(field.was) or field.was == field.name:
        message = f"{shown(field.was)} is not an earlier name of it"
    elif any(each.name == field.was for each in others):
        message = f"{shown(field.was)} is still a field, so that it was not renamed"
    elif any(each.was == field.was for each in others):
        message = f"two fields cannot both have been {shown(field.was)}"
    else:
        return
    yield Finding(("was",), message, spell_replaced(field, was=None))


def description(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    yield from described(field.description)


def example_accepted(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    for example in field.example:
        if not accepts(field, example):
            told = shown(spell_value(example))
            message = f"the example {told} breaks the field's own rules"
            found = samples(replace(field, example=()))
            line = f"example: {spell_value(found[0])}" if found else spell_replaced(field)
            yield Finding(("example",), message, line)


def has_samples(_: Sight, __: Resource, field: Field) -> Iterator[Finding]:
    """Tests and documents need two values; a chance may not find them."""
    if field.is_relation or not _is_consistent(field):
        return
    if len(samples(field)) < 2:
        path = "pattern" if field.pattern else "example"
        message = "no two values were found that its rules allow; give them"
        yield Finding((path,), message, "example: [AB-1, CD-2]")
    elif field.pattern and counterexample(field) is None:
        message = f"the pattern {shown(field.pattern)} refuses nothing"
        yield Finding(("pattern",), message, spell_replaced(field, pattern=None))


def _is_consistent(field: Field) -> bool:
    """Whether the rules leave room for a value at all: where not, that has been told."""
    if field.type == "enum":
        return len(set(field.values)) > 1
    if field.min is not None and field.max is not None and field.min >= field.max:
        return False
    if (field.scale or 0) > (field.precision or 0):
        return False
    return (field.min_length or 0) <= (field.length or grammar.LONGEST_STRING)


RULES: tuple[Callable[[Sight, Resource, Field], Iterator[Finding]], ...] = (
    name_shape,
    name_reserved,
    relation_named_by_id,
    target_exists,
    user_relation,
    set_null,
    readonly,
    unique_default,
    bounds,
    min_length,
    decimals,
    enum_values,
    default_accepted,
    key_length,
    was,
    description,
    example_accepted,
    has_samples,
)
