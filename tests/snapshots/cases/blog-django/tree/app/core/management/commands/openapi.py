"""Writes the OpenAPI document to a file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand

from app.core.openapi import document


class Command(BaseCommand):
    help = "Writes the OpenAPI document to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *_args: Any, path: Path, **_options: Any) -> None:
        path.write_text(json.dumps(document(), indent=2) + "\n", encoding="utf-8")
