"""Operations → the SQL of one new migration, up and down, for the project's own database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from backendgen.answers import Answers
from backendgen.migrations.operations import Operation, slug
from backendgen.migrations.prisma.history import DIRECTORY, DOWN, UP, next_number
from backendgen.releases import Template
from backendgen.render import File, Tree, text

FORMAT = "templates/_shared/prisma"


def write(
    template: Template, root: Path, answers: Answers, steps: Sequence[Operation], message: str
) -> Tree:
    directory = f"{DIRECTORY}/{next_number(root)}_{slug(message)}"
    types = yaml.safe_load((template.root / FORMAT / "columns.yml").read_text(encoding="utf-8"))
    words = {"operations": steps, "database": answers["database"], "types": types}
    return {
        f"{directory}/{name}": File(
            text(template, f"{FORMAT}/{name}.jinja", **words).lstrip().encode()
        )
        for name in (UP, DOWN)
    }


def sql(files: Tree, rendered: Tree, database: str) -> str:
    (up,) = [file for path, file in files.items() if path.endswith(f"/{UP}")]
    return up.content.decode()
