"""Copier beside our engine: one small template with every feature that ours may use, and homes to run in."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import copier
import pytest
import yaml

from backendgen import releases
from backendgen.releases import SOURCE, Template

CONFIG = """\
---
!include templates/*/types.yml
---
_min_copier_version: "9.19.0"
_subdirectory: "templates/{{ framework }}"
_envops: {undefined: jinja2.StrictUndefined}
_exclude: [/types.yml, __pycache__, "*.py[co]"]
name: backend
title: {type: str, ask: false, default: "{{ name | capitalize }}"}
framework: {type: str, choices: [plain, other], default: plain}
auth: {type: str, choices: [jwt, none], default: jwt}
shout: {type: bool, when: false, default: "{{ auth == 'jwt' }}"}
words: {type: yaml, when: false, default: "[{{ name | to_json }}, {{ title | to_json }}]"}
user_fields: {type: yaml, ask: false, default: []}
resources: {type: yaml, ask: false, default: []}
count: {type: int, when: false, default: "{{ resources | length }}"}
"""
TYPES = """\
plain_types:
  type: yaml
  when: false
  default:
    string: {column: "String(%(length)s)"}
    int: {column: Integer}
"""
ANSWERS = "{{ _copier_answers | to_nice_yaml(sort_keys=True) }}"
FIELD = (
    "{% from 'templates/_shared/macros.jinja' import column %}"
    "{{ resource.name }}.{{ field.name }} = {{ column(plain_types[field.type], field) }}\n"
)
EACH = "{% yield resource from resources %}{{ resource.name | lower }}{% endyield %}"
EACH_FIELD = "{%- yield field from resource.fields -%}{{ field.name }}.txt{%- endyield -%}"
BIG = "{% yield big from resources | selectattr('big') %}big_{{ big.name }}.txt{% endyield %}"
FILES = {
    "templates/plain/types.yml": TYPES,
    "templates/plain/{{ _copier_conf.answers_file }}.jinja": ANSWERS,
    "templates/plain/README.md.jinja": "# {{ title }}{% if shout %}!{% endif %} {{ words[1] }} {{ count }}\n",
    "templates/plain/static.txt": "{{ not rendered }}\n",
    "templates/plain/both.txt": "the plain one loses\n",
    "templates/plain/both.txt.jinja": "the template wins\n",
    "templates/plain/windows.txt": "one\r\ntwo\r\n",
    "templates/plain/windows_template.txt.jinja": "{{ name }}\r\ntwo\r\n",
    "templates/plain/no_newline.txt.jinja": "{{ name }}",
    "templates/plain/empty.txt.jinja": "",
    "templates/plain/ünïcode.txt.jinja": "ü {{ name }} 😀\n",
    "templates/plain/{% if auth == 'jwt' %}auth{% endif %}/deep/er/x.py.jinja": "auth = '{{ auth }}'\n",
    "templates/plain/{% if auth == 'none' %}open.txt{% endif %}": "open\n",
    "templates/plain/.hidden/.gitignore": "*\n",
    "templates/plain/app/"
    + EACH
    + "/model.py.jinja": "{% include 'templates/_shared/model.jinja' %}",
    "templates/plain/app/" + EACH + "/static.py": "{{ resource }}\n",
    "templates/plain/app/" + EACH + "/fields/" + EACH_FIELD + ".jinja": FIELD,
    "templates/plain/app/pre_" + EACH + "_post.py.jinja": "{{ resource.name }}\n",
    "templates/plain/" + BIG + ".jinja": "{{ big.name }}\n",
    "templates/_shared/model.jinja": "class {{ resource.name }}:\n    pass\n",
    "templates/_shared/macros.jinja": (
        "{% macro column(type, field) %}{{ type.column | format(**field) }}{% endmacro %}"
    ),
    "templates/_shared/linked.txt": "linked\n",
    "templates/_shared/directory/inner.txt": "inner\n",
    "templates/other/{{ _copier_conf.answers_file }}.jinja": ANSWERS,
    "templates/other/only.txt": "other\n",
}


def resource(name: str, *fields: str, big: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "big": big,
        "fields": [{"name": field, "type": "string", "length": 40} for field in fields],
    }


Checkout = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    directory = tmp_path / "home"
    directory.mkdir()
    monkeypatch.setenv("HOME", str(directory))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return directory


@pytest.fixture
def checkout(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with the small template, from which `current` and `release` work."""
    root = tmp_path / "checkout"
    write(root, {"copier.yml": CONFIG, **FILES})
    plain = root / "templates" / "plain"
    (plain / "binary.bin").write_bytes(bytes(range(256)))
    write(plain, {"run.sh.jinja": "echo {{ name }}\n"})
    (plain / "run.sh.jinja").chmod(0o755)
    (plain / "linked.txt").symlink_to("../_shared/linked.txt")
    (plain / "linked_directory").symlink_to("../_shared/directory")
    monkeypatch.setattr(releases, "CHECKOUT", root)
    return root


def write(root: Path, files: Mapping[str, str]) -> None:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode())


def copy(template: Template, answers: Mapping[str, Any], target: Path) -> None:
    """What `copier copy --defaults` makes of a version."""
    copier.run_copy(
        SOURCE, target, data=dict(answers), vcs_ref=template.version, defaults=True, quiet=True
    )


def files(root: Path) -> dict[str, tuple[bytes, bool]]:
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), bool(path.stat().st_mode & 0o100))
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(root).parts[:1]
    }


def git(root: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=test", "-c", "user.email=test@localhost"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout


def commit(root: Path) -> None:
    git(root, "init", "--quiet")
    git(root, "add", "--all", "--force")
    git(root, "commit", "--quiet", "--message", "as generated")


def load_answers(root: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((root / ".copier-answers.yml").read_bytes())
    return loaded
