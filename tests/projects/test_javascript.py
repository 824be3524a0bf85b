"""A project in JavaScript is the one in TypeScript without its types, token for token."""

import subprocess
from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from backendgen.render import render
from tests.fuzz.environment import installed_by_npm
from tests.migrations.project import DATABASES, TEMPLATE, example

ESBUILD = "0.28.2"
EXAMPLES = ("all-types", "blog", "open", "shop")
LANGUAGES = {"typescript": "ts", "javascript": "js"}
OTHERWISE = {
    # Of types that are imported beside a default esbuild leaves the braces.
    ",{}from": " from",
    # What runs a script is said in the tests that do so.
    '"--import","tsx","src/migrate.ts"': '"src/migrate.js"',
    '"--import","tsx","scripts/drift.ts"': '"scripts/drift.js"',
    # What a tool is configured with is a path.
    '"tests/support/server/setup.ts"': '"tests/support/server/setup.js"',
}
BUILT = {"tsconfig.build.json"}


def rendered(name: str, database: str, language: str) -> Mapping[str, bytes]:
    answers = {**example(name), "framework": "express", "database": database, "language": language}
    return {path: file.content for path, file in render(TEMPLATE, answers).items()}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, str]]:
    """Language → path without ending → the program: no types, no comments, printed anew."""
    return {language: dict(_bare(language, tmp_path_factory)) for language in LANGUAGES}


def _bare(language: str, factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    root, out = factory.mktemp(language), factory.mktemp("bare")
    programs = []
    for name, database in product(EXAMPLES, DATABASES):
        for path, content in rendered(name, database, language).items():
            target = root / f"{name}-{database}" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            if target.suffix == f".{LANGUAGES[language]}" and not path.endswith(".d.ts"):
                programs.append(str(target))
    tool = installed_by_npm("esbuild", [f"esbuild@{ESBUILD}"]) / "node_modules/.bin/esbuild"
    options = ["--minify-whitespace", "--log-level=error", f"--outbase={root}", f"--outdir={out}"]
    subprocess.run([tool, *programs, *options], check=True)
    for program in sorted(out.rglob("*.js")):
        yield program.relative_to(out).with_suffix("").as_posix(), program.read_text()


def test_the_programs_are_the_same(bare: Mapping[str, Mapping[str, str]]) -> None:
    typescript, javascript = bare["typescript"], bare["javascript"]
    assert typescript.keys() == javascript.keys()
    assert len(typescript) > 500
    for path, text in typescript.items():
        for before, after in OTHERWISE.items():
            text = text.replace(before, after)
        assert javascript[path].split(";") == text.split(";"), path


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_other_files_have_the_same_names(name: str) -> None:
    typescript, javascript = (set(rendered(name, "sqlite", each)) for each in LANGUAGES)
    declared = {path for path in typescript if path.endswith(".d.ts")}
    renamed = {f"{path[:-3]}.js" for path in typescript - declared if path.endswith(".ts")}
    others = {path for path in typescript if not path.endswith(".ts")} - BUILT
    assert javascript == renamed | others | declared
