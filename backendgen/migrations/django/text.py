"""One migration → its file, by the template that the project was made with."""

from __future__ import annotations

import yaml

from backendgen.answers import Answers
from backendgen.migrations.django.history import DIRECTORY
from backendgen.migrations.django.plan import Migration
from backendgen.releases import Template
from backendgen.render import File, text

FORMAT = "templates/_shared/django/migration.py.jinja"
TYPES = "templates/django/types.yml"


def write_file(
    template: Template, answers: Answers, migration: Migration, change: int
) -> tuple[str, File]:
    """The file's path and content. All migrations of one change have its number."""
    types = yaml.safe_load((template.root / TYPES).read_text(encoding="utf-8"))
    content = text(
        template,
        FORMAT,
        django_types=types["django_types"]["default"],
        migration=migration,
        change=change,
        auth=answers["auth"],
    )
    directory = DIRECTORY.replace("*", migration.package)
    return f"{directory}/{migration.name}.py", File(content.encode())
