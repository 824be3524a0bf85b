"""Rules for one resource: its name, its options, and what they say of its fields."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from backendgen.spec import grammar, names, reserved
from backendgen.spec.finding import (
    SNAKE_NAME,
    Finding,
    Sight,
    described,
    is_resource_name,
    is_snake_name,
    lengths,
    name_for,
    pascaled,
)
from backendgen.spec.model import Field, Resource
from backendgen.spec.reading import closest, listed, shown
from backendgen.spec.spelling import spell_replaced


def name_shape(_: Sight, resource: Resource) -> Iterator[Finding]:
    if not is_resource_name(resource.name):
        message = f"{shown(resource.name)} is not a name such as BlogPost, 40 characters at most"
        yield Finding((), message, f"{pascaled(resource.name)}:")


def name_number(sight: Sight, resource: Resource) -> Iterator[Finding]:
    """The name is a singular, and its plural is another word."""
    if resource.name not in sight.names or resource.plural:
        return
    one = names.snake(resource.name)
    if names.is_plural(one):
        singular = names.pascal(names.singular(one))
        message = f"{shown(resource.name)} is a plural; if it is the name of one, say its `plural`"
        yield Finding((), message, f"{singular}:")
    elif names.plural(one) == one:
        message = f"{shown(resource.name)} is its own plural, and they need two names"
        yield Finding((), message, f"plural: {one}_items")


def name_reserved(sight: Sight, resource: Resource) -> Iterator[Finding]:
    name = resource.name
    if name not in sight.names:
        return
    other = f"{names.pascal(sight.spec.name)}{name}:"
    one = names.snake(name)
    if name in reserved.CLASSES or one in reserved.VARIABLES:
        yield Finding((), f"{shown(name)} is a name that generated code uses itself", other)
    for owner, words in reserved.LOCALS.items():
        if one in words:
            yield Finding((), f"{shown(one)} is a reserved word of {owner}", other)
            return


def plural_fits(sight: Sight, resource: Resource) -> Iterator[Finding]:
    if resource.plural is None or resource.name not in sight.names:
        return
    one, many = names.snake(resource.name), resource.plural
    line = f"plural: {names.plural(one) if names.plural(one) != one else f'{one}_items'}"
    if len(many) > grammar.LONGEST_TABLE or not SNAKE_NAME.fullmatch(many):
        yield Finding(("plural",), f"`plural` is in snake_case, not {shown(many)}", line)
    elif many == one:
        yield Finding(("plural",), "the plural and the singular need two names", line)


def package_reserved(sight: Sight, resource: Resource) -> Iterator[Finding]:
    if resource.name not in sight.names:
        return
    package = sight.names[resource.name]["snake_plural"]
    path = ("plural",) if resource.plural else ()
    taken = package in reserved.PACKAGES
    if taken or any(package in words for words in reserved.LOCALS.values()):
        message = f"the package {shown(package)} is one that every project has"
        if not taken:
            message = f"{shown(package)} is a reserved word, and no name of a package"
        yield Finding(path, message, f"plural: {names.snake(resource.name)}_items")


def table_fits(sight: Sight, resource: Resource) -> Iterator[Finding]:
    if resource.name not in sight.names:
        return
    table = sight.names[resource.name]["table"]
    if table == resource.plural and not SNAKE_NAME.fullmatch(table):
        return
    path = ("table",) if resource.table else ()
    fitting = f"{names.snake(sight.spec.name)}_{names.plural(names.snake(resource.name))}"
    if problem := _table_problem(table):
        yield Finding(path, problem, f"table: {fitting[: grammar.LONGEST_TABLE].rstrip('_')}")


def _table_problem(table: str) -> str | None:
    if not SNAKE_NAME.fullmatch(table):
        return f"the table {shown(table)} is not in snake_case"
    if len(table) > grammar.LONGEST_TABLE:
        return f"the table {shown(table)} is longer than {grammar.LONGEST_TABLE} characters"
    if table in reserved.SQL:
        return f"the table {shown(table)} is a reserved word of SQL"
    if table in reserved.TABLES:
        return f"the table {shown(table)} is one that every project has"
    prefixes = reserved.TABLE_PREFIXES.items()
    owner = next((owner for start, owner in prefixes if table.startswith(start)), None)
    return f"the table {shown(table)} has a prefix that is {owner}'s" if owner else None


def user_entry(sight: Sight, resource: Resource) -> Iterator[Finding]:
    """`User` is built in: an entry adds fields to it, and nothing else."""
    if resource.name != "User":
        return
    if not sight.has_users:
        yield Finding(
            (), "`User` is built in with `auth: jwt`, and is not there without", "auth: jwt"
        )
    for option in grammar.RESOURCE_OPTIONS:
        if option not in grammar.USER_OPTIONS and sight.is_given("User", option):
            message = f"`User` is built in: its entry has fields, and no `{option}`"
            yield Finding((option,), message, "User: {fields: {nickname: string:40:optional}}")


def has_fields(sight: Sight, resource: Resource) -> Iterator[Finding]:
    broken = any(path[0] == resource.name for path in sight.reading.broken)
    if not resource.fields and not broken:
        message = f"the resource {shown(resource.name)} has no fields"
        yield Finding((), message, "fields: {title: string}")
    elif len(resource.fields) > grammar.MOST_FIELDS:
        message = f"a resource has at most {grammar.MOST_FIELDS} fields"
        yield Finding(("fields",), message, "details: json")


def description(_: Sight, resource: Resource) -> Iterator[Finding]:
    yield from described(resource.description)


def was(sight: Sight, resource: Resource) -> Iterator[Finding]:
    old = resource.was
    if old is None:
        return
    if not is_resource_name(old) or old == resource.name:
        yield Finding(("was",), f"{shown(old)} is not an earlier name of it", "was: OldName")
    elif old in sight.by_name:
        message = f"{shown(old)} is still a resource, so that it was not renamed"
        yield Finding(("was",), message, "was: OldName")


def keys_collide(_: Sight, resource: Resource) -> Iterator[Finding]:
    """`author: ref:Author` is `author_id` in JSON, and `line_1` and `line1` are one in JavaScript."""
    owners: dict[str, str] = {}
    for field in filter(lambda each: is_snake_name(each.name), resource.fields):
        keys = {names.camel(field.name), names.camel(names.key_of(field.name, field.type))}
        for key in sorted(keys):
            owner = owners.setdefault(key, field.name)
            if owner != field.name:
                message = f"{shown(field.name)} and {shown(owner)} are both {shown(key)} in code"
                remedy = spell_replaced(field, name=f"other_{field.name}"[: grammar.LONGEST_NAME])
                yield Finding(("fields", field.name), message, remedy)
                break


def generated_fields(sight: Sight, resource: Resource) -> Iterator[Finding]:
    """A field that would stand where the service has one of its own."""
    taken = _generated(resource)
    for field in resource.fields:
        key = names.key_of(field.name, field.type)
        if key in taken or field.name in taken:
            told = key if key in taken else field.name
            message = f"{shown(told)} is there already, {taken[told]}"
            other = name_for(resource, field.name)
            yield Finding(("fields", field.name), message, spell_replaced(field, name=other))


def _generated(resource: Resource) -> dict[str, str]:
    if resource.name == "User":
        return dict.fromkeys(reserved.USER_COLUMNS, "since every user has it")
    taken = {"id": "since every object has it"}
    for option, columns in reserved.GENERATED.items():
        if getattr(resource, option):
            taken |= dict.fromkeys(columns, f"from `{option}: true`")
    if resource.access.owned:
        taken |= dict.fromkeys(("owner", "owner_id"), "from an `owner` rule of `access`")
    return taken


def creator_known(_: Sight, resource: Resource) -> Iterator[Finding]:
    if resource.access.owned and resource.access.create == "public":
        message = "`create: public` takes rows of nobody, and an `owner` rule needs to know whose they are"
        yield Finding(("access", "create"), message, "create: authenticated")


def groups_fit(sight: Sight, resource: Resource) -> Iterator[Finding]:
    """`unique` and `indexes`: lists of two fields or more, each of which a key can hold."""
    for option in ("unique", "indexes"):
        groups: tuple[tuple[str, ...], ...] = getattr(resource, option)
        for number, group in enumerate(groups):
            yield from _group(sight, resource, option, number, group)
            if _seen_before(option, group, groups[:number]):
                message = f"`[{listed(group)}]` is given twice"
                yield Finding((option, str(number)), message, f"{option}: [[{listed(group)}]]")


def unique_by_less(_: Sight, resource: Resource) -> Iterator[Finding]:
    """What has a unique part is unique as a whole."""
    alone = [(each.name,) for each in resource.fields if each.unique]
    parts = [*(group for group in resource.unique if len(group) > 1), *alone]
    for number, group in enumerate(resource.unique):
        part = next((each for each in parts if set(each) < set(group)), None)
        if part:
            told = f"`[{listed(part)}]`" if len(part) > 1 else f"`{part[0]}`"
            message = f"`[{listed(group)}]` is unique already, since {told} is"
            yield Finding(("unique", str(number)), message, f"indexes: [[{listed(group)}]]")


def _seen_before(option: str, group: tuple[str, ...], earlier: Sequence[tuple[str, ...]]) -> bool:
    """The order of an index counts, that of a constraint does not."""
    if option == "indexes":
        return group in earlier
    return sorted(group) in [sorted(each) for each in earlier]


def _group(
    sight: Sight, resource: Resource, option: str, number: int, group: tuple[str, ...]
) -> Iterator[Finding]:
    place = (option, str(number))
    usable = {each.name: each for each in resource.fields if each.type in grammar.INDEXABLE}
    word = "unique" if option == "unique" else "index"
    if len(group) == 1:
        message = f"a list of one field is its modifier `{word}`"
        yield Finding(place, message, _modified(usable, group[0], word))
    if len(group) > grammar.MOST_KEY_PARTS:
        message = f"a key has at most {grammar.MOST_KEY_PARTS} fields"
        yield Finding(place, message, _grouped(usable, option, group[: grammar.MOST_KEY_PARTS]))
    if len(set(group)) < len(group):
        yield Finding(place, "a field is in the list twice", _grouped(usable, option, group))
    for position, name in enumerate(group):
        if name not in usable and not sight.is_broken(resource, name):
            line = _grouped(usable, option, group)
            yield Finding((*place, str(position)), _unusable(resource, name, option, usable), line)
    characters = sum(usable[name].length or 0 for name in group if name in usable)
    if len(group) > 1 and characters > grammar.LONGEST_KEY:
        message = f"strings of a key are at most {grammar.LONGEST_KEY} characters in all, not {characters}"
        yield Finding(place, message, _shortened(usable, group))


def _modified(usable: Mapping[str, Field], name: str, word: str) -> str:
    field = usable.get(name) or next(iter(usable.values()), None)
    fits = field is not None and field.type in grammar.MODIFIERS[word].types
    return spell_replaced(field, **{word: True}) if field and fits else f"title: string:200:{word}"


def _grouped(usable: Mapping[str, Field], option: str, group: Sequence[str]) -> str:
    """The list with what was meant by it, and two fields at least."""
    meant = [name if name in usable else closest(name, usable) for name in group]
    found = list(dict.fromkeys(name for name in meant if name))
    found += [name for name in usable if name not in found][: max(2 - len(found), 0)]
    if len(found) < 2:
        return _modified(usable, "".join(found), "unique" if option == "unique" else "index")
    return f"{option}: [[{listed(found)}]]"


def _shortened(usable: Mapping[str, Field], group: Sequence[str]) -> str:
    strings = [usable[name] for name in group if name in usable and usable[name].type == "string"]
    if not strings:
        return "title: string:100"
    longest = max(strings, key=lambda field: field.length or 0)
    return spell_replaced(longest, length=grammar.LONGEST_KEY // (2 * len(strings)))


def _unusable(resource: Resource, name: str, option: str, usable: Mapping[str, Field]) -> str:
    """The sentence on a field that a list cannot name."""
    known = {each.name: each for each in resource.fields}
    if name in known:
        return f"`{option}` cannot name {shown(name)}, of type {known[name].type}"
    meant = closest(name, usable)
    hint = f", did you mean `{meant}`?" if meant else ""
    return f"`{option}` names {shown(name)}, which is no field of {resource.name}{hint}"


def search_fits(sight: Sight, resource: Resource) -> Iterator[Finding]:
    usable = {
        each.name: each
        for each in resource.fields
        if each.type in grammar.SEARCHABLE and not each.private
    }
    known = {each.name: each for each in resource.fields}
    for number, name in enumerate(resource.search):
        place = ("search", str(number))
        if name in resource.search[:number]:
            yield Finding(place, f"{shown(name)} is given twice", f"search: [{name}]")
        elif name in known and known[name].private:
            message = f"a search of {shown(name)} would tell what is private"
            yield Finding(place, message, f"search: [{next(iter(usable), 'title')}]")
        elif name not in usable and not sight.is_broken(resource, name):
            line = f"search: [{closest(name, usable) or next(iter(usable), 'title')}]"
            yield Finding(place, _unusable(resource, name, "search", usable), line)


def row_fits(_: Sight, resource: Resource) -> Iterator[Finding]:
    """MySQL has a limit for a row with its strings full, MariaDB for what of it is not set apart."""
    characters = sum(length for _, length in lengths(resource))
    if characters > grammar.LONGEST_ROW:
        longest = max(lengths(resource), key=lambda pair: pair[1])[0]
        message = f"strings of a resource are at most {grammar.LONGEST_ROW} characters in all, not {characters}"
        yield Finding(("fields", longest.name), message, _as_text(longest))
    width = sum(_width(field) for field in resource.fields)
    if width > grammar.WIDEST_ROW:
        widest = max(resource.fields, key=_width)
        message = (
            f"the columns of a resource are at most {grammar.WIDEST_ROW} bytes wide, not {width}"
        )
        yield Finding(("fields", widest.name), message, _as_text(widest))


def _as_text(field: Field) -> str:
    return spell_replaced(
        field, type="text", length=None, values=(), unique=False, index=False, has_default=False
    )


def _width(field: Field) -> int:
    """Bytes of a column in the row itself: a string of 256 or more is set apart, but for 40."""
    if field.length:
        return 4 * field.length + 2 if field.length < SET_APART else 42
    return WIDTHS.get(field.type, 42)


SET_APART = 64
WIDTHS = {
    **dict.fromkeys(("uuid", "ref"), 128),
    **dict.fromkeys(("int", "bigint", "float", "decimal", "bool", "date", "time", "datetime"), 9),
    "many": 0,
}


def keys_fit(_: Sight, resource: Resource) -> Iterator[Finding]:
    keyed = [each for each in resource.fields if each.unique or each.index or each.type == "ref"]
    groups = (*resource.unique, *resource.indexes)
    own = 1 + resource.timestamps + resource.access.owned
    if (count := len(keyed) + len(groups) + own) > grammar.MOST_KEYS:
        message = f"a table has at most {grammar.MOST_KEYS} keys and indexes, not {count}"
        line = spell_replaced(keyed[0], unique=False, index=False) if keyed else ""
        yield Finding(("fields",), message, line)


RULES: tuple[Callable[[Sight, Resource], Iterator[Finding]], ...] = (
    name_shape,
    name_number,
    name_reserved,
    plural_fits,
    package_reserved,
    table_fits,
    user_entry,
    has_fields,
    description,
    was,
    keys_collide,
    generated_fields,
    creator_known,
    groups_fit,
    unique_by_less,
    search_fits,
    row_fits,
    keys_fit,
)
