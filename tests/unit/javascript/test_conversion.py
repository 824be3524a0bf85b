"""A case is a TypeScript file and the JavaScript one of the same name."""

from pathlib import Path

import pytest

from backendgen.errors import BackendgenError
from backendgen.javascript import derived
from backendgen.javascript.conversion import converted

CASES = sorted(Path(__file__).with_name("cases").glob("*.ts*"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_case(case: Path) -> None:
    wanted = case.with_name(case.name.replace(".ts", ".js"))
    assert converted(case.name, case.read_text()) == wanted.read_text()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("const rows = query<Row>();", "give the type of what it is called for, not of the call"),
        ("const a: A = 1, b: B = 2;", "declare one variable at a time"),
        ("const map = new Map<string, number>([]);", "give the type of the variable"),
        ("names.map((name): Row => name);", "give this function a name"),
        ("export { one };", "export it where it is declared"),
        ("interface Row extends Base {}", "write the members of what it extends"),
        ("interface Row { read(): string }", "write a property"),
        ("function f([one]: string[]) {}", "name the type of what is taken apart"),
        ("class A { private one = 1 }", "write #name"),
        ("enum Rule { A }", "write no enum declaration"),
        ("declare const one: string;", "write no ambient declaration"),
        ("const one = two!;", "write no non null expression"),
        ("const one = ;", "the parser does not understand it"),
    ],
)
def test_what_no_rule_knows_is_refused_with_its_place(line: str, reason: str) -> None:
    with pytest.raises(BackendgenError) as caught:
        converted("templates/express/src/a.ts", f"\n\n{line}\n")
    assert reason in caught.value.message
    assert caught.value.message.startswith("templates/express/src/a.ts:3: ")


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("type One = { a: string };", "name the type: /** @typedef {{ a: string }} One */"),
        (
            '{% if auth == "jwt" %}\nimport { type A, b } from "./a.js";\n{% endif %}',
            "import types whatever the tags of Jinja's decide",
        ),
    ],
)
def test_what_jinja_would_take_for_its_own_is_refused(template: str, reason: str) -> None:
    with pytest.raises(BackendgenError) as caught:
        converted("templates/express/src/a.ts.jinja", template + "\n")
    assert reason in caught.value.message


def test_only_typescript_is_converted() -> None:
    files = {
        "copier.yml": b"a: 1\n",
        "templates/flask/a.ts": b"let a: A;\n",
        "templates/express/types.yml": b"{}\n",
        "templates/express/Makefile": b"a:\n",
        "templates/express/src/{{ a }}/b.ts.jinja": b"let a: A;\n",
        "templates/express/src/express.d.ts": b"let a: A;\n",
        "templates/_shared/express/sqlite.ts": b"let a: A;\n",
    }
    found = derived((path, "100644", content) for path, content in files.items())
    assert {path: content for path, _, content in found} == {
        "templates/express-javascript/Makefile": b"a:\n",
        "templates/express-javascript/src/{{ a }}/b.js.jinja": b"/** @type {A} */\nlet a;\n",
        "templates/express-javascript/src/express.d.ts": b"let a: A;\n",
        "templates/_shared/express-javascript/sqlite.js": b"/** @type {A} */\nlet a;\n",
    }
