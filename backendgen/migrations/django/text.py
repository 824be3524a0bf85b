"""One migration → its file, by the template that the project was made with."""

from __future__ import annotations

import warnings
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backendgen.answers import Answers
from backendgen.migrations.django.history import DIRECTORY
from backendgen.migrations.django.plan import Migration
from backendgen.releases import Template
from backendgen.render import FILTERS, File

FORMAT = "templates/_shared/django/migration.py.jinja"
TYPES = "templates/django/types.yml"


def write_file(template: Template, answers: Answers, migration: Migration) -> tuple[str, File]:
    """The file's path and content."""
    types = yaml.safe_load((template.root / TYPES).read_text(encoding="utf-8"))
    text = _environment(template.root).get_template(FORMAT)
    content = text.render(
        django_types=types["django_types"]["default"],
        migration=migration,
        auth=answers["auth"],
    )
    directory = DIRECTORY.replace("*", migration.package)
    return f"{directory}/{migration.name}.py", File(content.encode())


def _environment(root: Path) -> Environment:
    with warnings.catch_warnings():
        # The filters rename those of their own that Jinja has too, and warn of it.
        warnings.simplefilter("ignore")
        return Environment(
            loader=FileSystemLoader(root),
            extensions=[FILTERS],
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )
