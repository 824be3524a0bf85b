"""The migrations build what the models say, on every database, up, down and up again."""

import yaml

from backendgen.answers import Answers, answers
from backendgen.spec.grammar import LONGEST_NAME
from backendgen.spec.loading import parse_spec
from tests.migrations.project import Project, example, migrate, put

# Constraints of these have names that are cut, or that a database would cut.
LONGEST = "x" * (LONGEST_NAME - 2)
LONG_NAMES = f"""
name: long
framework: fastapi
database: sqlite
resources:
  Aa{LONGEST}:
    fields:
      ab{LONGEST}: decimal:18,17:min=-1.01234567890123456:default=0.5
      ac{LONGEST}: enum:one,two:default=one
      ad{LONGEST}: string:20:unique
      ae{LONGEST}: ref:Aa{LONGEST}:optional
      af{LONGEST}: many:Ba{LONGEST}
    unique: [[ab{LONGEST}, ac{LONGEST}]]
    indexes: [[ac{LONGEST}, ad{LONGEST}]]
  Ba{LONGEST}:
    id: int
    fields:
      bb{LONGEST}: ref:Aa{LONGEST}:optional
"""

# Databases echo some of these in other words than they were given.
DEFAULTS: dict[str, list[object]] = {
    "float": [3, 1.0, -0.0, 0.1, 1e-7, 1e15, 1e20, 1.5e300, 99999999999999.5, 0.30000000000000004],
    "int": [0, -1, 2147483647, -2147483648],
    "bigint": [9223372036854775807, -9223372036854775808],
    "decimal": ["0", "-1.5", "9999999999.99", "0.00000011"],
    "string": ["", " a ", "null", "CURRENT_TIMESTAMP", "now()", "(x)", "1.50", "a--b", "%s", "a:b"],
    "bool": [True, False],
}
DIGITS = {"decimal": {"precision": 18, "scale": 8}}


def test_the_first_migration(database: str, example_name: str, project: Project) -> None:
    given = example(example_name)
    put(project.root, given)
    migrate(project.root, None, given)

    project.alembic("upgrade", "head")
    migrated = project.equals_its_models(database)
    _, rows = project.inside("fill", "rows", given=given)
    assert set(rows.values()) == {1}

    project.alembic("downgrade", "base")
    assert project.inside("schema") == [[]]
    project.alembic("upgrade", "head")
    assert project.inside("schema") == [migrated]


def test_names_as_long_as_they_may_be(database: str, project: Project) -> None:
    given: Answers = answers(parse_spec(LONG_NAMES, "long.yaml"))
    put(project.root, given)
    migrate(project.root, None, given)
    project.alembic("upgrade", "head")
    project.equals_its_models(database)
    project.alembic("downgrade", "base")


def test_defaults_that_are_echoed_in_other_words(database: str, project: Project) -> None:
    fields = {
        f"{kind}_{number}": {"type": kind, "default": default, **DIGITS.get(kind, {})}
        for kind, defaults in DEFAULTS.items()
        for number, default in enumerate(defaults)
    }
    settings = {"name": "defaults", "framework": "fastapi", "database": "sqlite", "auth": "none"}
    spec = yaml.safe_dump({**settings, "resources": {"Sample": {"fields": fields}}})
    given = answers(parse_spec(spec, "defaults.yaml"))
    put(project.root, given)
    migrate(project.root, None, given)
    project.alembic("upgrade", "head")
    project.equals_its_models(database)
