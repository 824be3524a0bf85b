"""The tree's own rules: imports run one way, only report.py knows Rich, nothing in a table is forgotten."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from backendgen.spec import grammar

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "backendgen"

# A module may import from its own layer and from those below it.
LAYERS = (
    {"__main__"},
    {"cli"},
    {"project"},
    {"render", "merge", "apply", "releases", "recorded", "migrations", "stack", "report"},
    {"answers", "spec", "javascript"},
    {"errors", "__init__"},
)


def _layer(module: str) -> int:
    part = module.split(".")[1] if "." in module else "__init__"
    return next(index for index, layer in enumerate(LAYERS) if part in layer)


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _known(name: str) -> bool:
    part = name.split(".")[1] if "." in name else "__init__"
    return any(part in layer for layer in LAYERS)


@pytest.mark.parametrize(("module", "path"), list(_modules()), ids=lambda value: str(value))
def test_imports_run_one_way(module: str, path: Path) -> None:
    upward = [
        name
        for name in _imports(path)
        if name.startswith("backendgen.") and _known(name) and _layer(name) < _layer(module)
    ]
    assert upward == []


def test_only_the_report_knows_rich() -> None:
    knowing = {
        module
        for module, path in _modules()
        if any(name == "rich" or name.startswith("rich.") for name in _imports(path))
    }
    assert knowing == {"backendgen.report"}


def _type_tables() -> list[Path]:
    return sorted((ROOT / "templates").glob("*/types.yml"))


@pytest.mark.parametrize("path", _type_tables(), ids=lambda path: path.parent.name)
def test_every_type_has_a_row_in_every_framework(path: Path) -> None:
    (question,) = yaml.safe_load(path.read_text()).values()
    # A relation has a row for each kind of id: `ref_uuid`.
    rows = {row.split("_")[0] for row in question["default"]}
    assert rows == set(grammar.TYPES)
