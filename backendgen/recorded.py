"""What an answers file says, kept as JSON: as YAML, that of 200 resources takes a second to read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from backendgen.releases import cache_directory, write_atomically

# libyaml's is several times faster, and there with most builds of PyYAML.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KEPT = 40
"""Texts whose values are kept, the last ones that were of use."""


def read(text: str) -> Any:
    """The value of the YAML; raises yaml.YAMLError."""
    with suppress(OSError, ValueError):
        kept = _place(text)
        value = json.loads(kept.read_bytes())
        kept.touch()
        return value
    value = yaml.load(text, LOADER)
    if isinstance(value, dict):
        keep(text, value)
    return value


def keep(text: str, value: Mapping[str, Any]) -> None:
    """What `read` will answer to the text; a cache that cannot be written costs time and nothing else."""
    # What JSON would tell otherwise, such as a date, is not kept.
    with suppress(OSError, TypeError, ValueError):
        content = json.dumps(value)
        if json.loads(content) == value:
            write_atomically(_place(text), content.encode())
            _forget()


def _place(text: str) -> Path:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return cache_directory() / "answers" / f"{digest}.json"


def _forget() -> None:
    paths = sorted((cache_directory() / "answers").glob("*.json"), key=_used)
    for path in paths[:-KEPT]:
        path.unlink(missing_ok=True)


def _used(path: Path) -> float:
    return path.stat().st_mtime
