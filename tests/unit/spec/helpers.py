"""Specs of one resource, and what is told of them."""

from backendgen.errors import Problem, SpecError
from backendgen.spec.loading import parse_spec
from backendgen.spec.model import Field, Resource, Spec

HEAD = "name: shop\nresources:\n"
OTHERS = "  Author: {fields: {name: string}}\n  Tag: {fields: {name: string}}\n"


def spec_of(field: str, options: str = "") -> str:
    """A `Post` with a field that is always there, `field`, and two resources to refer to."""
    lines = [f"      {line}\n" for line in ("title: string:100", *field.splitlines())]
    extra = "".join(f"    {line}\n" for line in options.splitlines())
    return f"{HEAD}{OTHERS}  Post:\n    fields:\n{''.join(lines)}{extra}"


def problems_of(text: str) -> tuple[Problem, ...]:
    try:
        parse_spec(text, "shop.yaml")
    except SpecError as error:
        return error.problems
    return ()


def the_problem(text: str) -> Problem:
    (problem,) = problems_of(text)
    return problem


def post(spec: Spec) -> Resource:
    return next(each for each in spec.resources if each.name == "Post")


def field_of(line: str) -> Field:
    return post(parse_spec(spec_of(line), "shop.yaml")).fields[-1]
