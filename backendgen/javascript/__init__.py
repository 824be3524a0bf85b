"""The JavaScript templates of Express: made of the TypeScript ones whenever those become a version.

Only a checkout makes versions, so the parser is one of the tools of development.
"""

import re
from collections.abc import Iterable, Iterator

from backendgen.errors import BackendgenError

SOURCES = re.compile(r"templates/(?P<shared>_shared/)?express/(?!types\.yml$)")
TYPESCRIPT = re.compile(r"(?<!\.d)\.ts(?=$|\.jinja$)")
DERIVED = "-javascript/"
"""How the directories of what is made end."""


def derived(files: Iterable[tuple[str, str, bytes]]) -> Iterator[tuple[str, str, bytes]]:
    """Of templates with path, mode and content, what a project in JavaScript is made with."""
    for path, mode, content in files:
        match = SOURCES.match(path)
        if match is None:
            continue
        place = match[0].removesuffix("/") + DERIVED + path[match.end() :]
        if TYPESCRIPT.search(path):
            yield TYPESCRIPT.sub(".js", place), mode, _converted(path, content)
        elif not match["shared"]:
            yield place, mode, content


def _converted(path: str, content: bytes) -> bytes:
    try:
        from backendgen.javascript.conversion import converted
    except ImportError as error:
        raise BackendgenError(
            f"the templates of this checkout are not released, and {error.name}, with which their "
            "JavaScript is made, is not installed; run: make setup"
        ) from error
    return converted(path, content.decode()).encode()
