"""Rules for the spec as a whole: its settings, and what its resources are to each other."""

from collections.abc import Callable, Iterator, Mapping

from backendgen.spec import grammar, names, reserved
from backendgen.spec.finding import PROJECT_NAME, Finding, Sight, described, snaked
from backendgen.spec.model import Resource
from backendgen.spec.order import required_targets
from backendgen.spec.reading import shown
from backendgen.spec.spelling import spell_replaced


def project_name(sight: Sight) -> Iterator[Finding]:
    name = sight.spec.name
    fitting = snaked(name).replace("_", "-")
    if len(name) > grammar.LONGEST_NAME or not PROJECT_NAME.fullmatch(name):
        message = "the name of a project is lower-case words with hyphens, 40 characters at most"
        yield Finding(("name",), message, f"name: {fitting}")
    elif names.snake(name) in reserved.PROJECTS:
        message = f"{shown(name)} is a database that the server has for itself"
        yield Finding(("name",), message, f"name: {name}-app")


def project_description(sight: Sight) -> Iterator[Finding]:
    yield from described(sight.spec.description)


def of_one_framework(sight: Sight) -> Iterator[Finding]:
    """A setting that only one framework has is as it is for the others."""
    spec = sight.spec
    for key, value, choices, framework, owner in (
        ("api_style", spec.api_style, grammar.API_STYLES, "flask", "Flask"),
        ("language", spec.language, grammar.LANGUAGES, "express", "Express"),
    ):
        if value != next(iter(choices)) and spec.framework != framework:
            message = f"`{key}: {value}` is one of {owner}'s, not of {spec.framework}"
            yield Finding((key,), message, f"framework: {framework}")


def spellings_collide(sight: Sight) -> Iterator[Finding]:
    """Two resources whose names become one, in the singular or the plural."""
    owners: dict[str, str] = {}
    for name, spellings in sight.names.items():
        for spelling in (spellings["snake"], spellings["snake_plural"]):
            owner = owners.setdefault(spelling, name)
            if owner != name:
                message = f"{shown(owner)} and {shown(name)} are both {shown(spelling)}"
                yield Finding((name,), message, f"{name}Item:")
                break


def tables_collide(sight: Sight) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for name, spellings in sight.names.items():
        table = spellings["table"]
        owner = owners.setdefault(table, name)
        if owner != name and sight.is_given(name, "table"):
            message = f"the table {shown(table)} is that of {shown(owner)} already"
            yield Finding((name, "table"), message, f"table: {spellings['snake_plural']}")
        elif owner != name and spellings["snake_plural"] != sight.names[owner]["snake_plural"]:
            message = f"the table {shown(table)} is that of {shown(owner)} already"
            yield Finding((name,), message, f"table: {spellings['snake']}_items")


def join_tables_collide(sight: Sight) -> Iterator[Finding]:
    owners = {spellings["table"]: name for name, spellings in sight.names.items()}
    owners |= {table: "backendgen" for table in reserved.TABLES}
    for name, spellings in sight.names.items():
        for field in sight.by_name[name].fields:
            if field.type != "many":
                continue
            table = names.identifier(spellings["table"], field.name)
            owner = owners.setdefault(table, f"{name}.{field.name}")
            if owner != f"{name}.{field.name}":
                message = f"the join table {shown(table)} is that of {shown(owner)} already"
                remedy = spell_replaced(field, name=f"linked_{field.name}")
                yield Finding((name, "fields", field.name), message, remedy)


def classes_collide(sight: Sight) -> Iterator[Finding]:
    """`Post` has a `PostRead`, so that there cannot be a resource of that name as well."""
    generated: dict[str, str] = {}
    for name in [*sight.names, *(["User"] if sight.has_users else [])]:
        generated |= {f"{name}{suffix}": name for suffix in reserved.SUFFIXES}
    for name in sight.names:
        if name in generated:
            message = f"{shown(name)} is a class that {shown(generated[name])} has already"
            yield Finding((name,), message, f"{name}Item:")


def enums_collide(sight: Sight) -> Iterator[Finding]:
    """`Post` with a field `kind` has an enum `PostKind`."""
    taken: dict[str, str] = {name: name for name in sight.names}
    taken |= {f"{name}{suffix}": name for name in sight.names for suffix in reserved.SUFFIXES}
    for resource in sight.spec.resources:
        for field in resource.fields:
            if field.type != "enum":
                continue
            enum = f"{resource.name}{names.pascal(field.name)}"
            owner = taken.setdefault(enum, f"{resource.name}.{field.name}")
            if owner != f"{resource.name}.{field.name}":
                message = f"the enum {shown(enum)} has the name of a class of {shown(owner)}"
                remedy = spell_replaced(field, name=f"{field.name}_value")
                yield Finding((resource.name, "fields", field.name), message, remedy)


def required_cycles(sight: Sight) -> Iterator[Finding]:
    """Rows that need each other: none of them can be the first."""
    needs = _entangled(sight.by_name)
    told: set[str] = set()
    for name in needs:
        cycle = _cycle(name, needs)
        if not told.intersection(cycle):
            told.update(cycle)
            yield _cycle_finding(sight.by_name[cycle[0]], cycle)


def _entangled(resources: Mapping[str, Resource]) -> dict[str, list[str]]:
    """What each resource requires, less all that can be made one after the other."""
    needs = {
        name: [target for target in required_targets(resource) if target in resources]
        for name, resource in resources.items()
    }
    while free := [name for name, targets in needs.items() if not targets]:
        for name in free:
            del needs[name]
        needs = {name: [each for each in to if each in needs] for name, to in needs.items()}
    return needs


def _cycle(start: str, needs: Mapping[str, list[str]]) -> list[str]:
    """The cycle that one gets into from `start`, from its first resource of the spec."""
    way = [start]
    while (following := needs[way[-1]][0]) not in way:
        way.append(following)
    cycle = way[way.index(following) :]
    order = list(needs)
    first = cycle.index(min(cycle, key=order.index))
    return cycle[first:] + cycle[:first]


def _cycle_finding(resource: Resource, cycle: list[str]) -> Finding:
    target = cycle[1] if len(cycle) > 1 else cycle[0]
    field = next(each for each in resource.fields if each.target == target and not each.optional)
    way = " → ".join([*cycle, cycle[0]])
    message = f"{way} is a cycle of required references: no row can be the first"
    return Finding(
        (resource.name, "fields", field.name), message, spell_replaced(field, optional=True)
    )


RULES: tuple[Callable[[Sight], Iterator[Finding]], ...] = (
    project_name,
    project_description,
    of_one_framework,
    spellings_collide,
    tables_collide,
    join_tables_collide,
    classes_collide,
    enums_collide,
    required_cycles,
)
