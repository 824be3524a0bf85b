"""The order of resources by what they refer to."""

from collections.abc import Iterable, Iterator, Sequence

from backendgen.spec.model import Resource


def by_dependency(resources: Sequence[Resource]) -> list[Resource]:
    """Targets first, else as the spec has them; a cycle is entered where nothing required is missing."""
    waiting = {resource.name: resource for resource in resources}
    ordered: list[Resource] = []
    while waiting:
        chosen = _next(waiting)
        ordered.append(waiting.pop(chosen.name))
    return ordered


def _next(waiting: dict[str, Resource]) -> Resource:
    def is_ready(resource: Resource, targets: Iterable[str]) -> bool:
        return all(name == resource.name or name not in waiting for name in targets)

    resources = waiting.values()
    free = (each for each in resources if is_ready(each, all_targets(each)))
    enterable = (each for each in resources if is_ready(each, required_targets(each)))
    return next(free, None) or next(enterable, None) or next(iter(resources))


def all_targets(resource: Resource) -> Iterator[str]:
    return (field.target for field in resource.fields if field.target)


def required_targets(resource: Resource) -> Iterator[str]:
    """What must be there before the first row can be."""
    return (
        field.target
        for field in resource.fields
        if field.type == "ref" and field.target and not field.optional
    )
