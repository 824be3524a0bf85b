"""What a spec must be beyond its grammar: tables of small rules, each of which tells one thing.

A rule yields what it finds, and is never given what could not be read: one mistake is told once.
"""

from collections.abc import Iterable

from backendgen.spec import field_checks, grammar, resource_checks, spec_checks
from backendgen.spec.finding import Finding, Sight
from backendgen.spec.model import Resource, Spec
from backendgen.spec.reading import Reading


def check(spec: Spec, reading: Reading) -> None:
    """Adds what is wrong to the problems of `reading`."""
    if len(spec.resources) > grammar.MOST_RESOURCES:
        message = f"a spec has at most {grammar.MOST_RESOURCES} resources"
        reading.problem_at(("resources",), message, "resources: {}")
        return
    sight = Sight(spec, reading)
    for rule in spec_checks.RULES:
        tell(reading, (), rule(sight))
    for resource in spec.resources:
        check_resource(sight, resource)


def check_resource(sight: Sight, resource: Resource) -> None:
    for rule in resource_checks.RULES:
        tell(sight.reading, (resource.name,), rule(sight, resource))
    for field in resource.fields:
        for field_rule in field_checks.RULES:
            found = list(field_rule(sight, resource, field))
            tell(sight.reading, (resource.name, "fields", field.name), found)


def tell(reading: Reading, around: tuple[str, ...], found: Iterable[Finding]) -> None:
    for path, message, remedy in found:
        reading.problem_at((*around, *path), message, remedy)
