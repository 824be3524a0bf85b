"""An answers file read from what is kept of it says what it says as YAML."""

from pathlib import Path

import pytest
import yaml

from backendgen import recorded
from backendgen.answers import answers
from backendgen.releases import current
from backendgen.render import ANSWERS_FILE, render
from backendgen.spec.loading import load_spec

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.yaml"))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/backendgen/answers"


@pytest.mark.parametrize("spec", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_recorded_is_what_the_file_will_say(spec: Path) -> None:
    tree = render(current(), answers(load_spec(spec)))
    assert yaml.safe_load(tree[ANSWERS_FILE].content) == tree.recorded


def test_a_text_is_parsed_once(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert recorded.read("a: [1, null, é]") == {"a": [1, None, "é"]}
    monkeypatch.setattr(yaml, "load", None)
    assert recorded.read("a: [1, null, é]") == {"a": [1, None, "é"]}


@pytest.mark.parametrize("text", ["a: 2026-01-02", "1: a", "[a]", "a", ""])
def test_what_json_would_tell_otherwise_is_not_kept(kept: Path, text: str) -> None:
    assert recorded.read(text) == recorded.read(text) == yaml.safe_load(text)
    assert not list(kept.glob("*"))


def test_a_damaged_copy_is_no_answer(kept: Path) -> None:
    recorded.read("a: 1")
    (copy,) = kept.iterdir()
    copy.write_text('{"a"')
    assert recorded.read("a: 1") == {"a": 1}


def test_the_last_used_are_kept(kept: Path) -> None:
    for number in range(recorded.KEPT + 3):
        recorded.read(f"a: {number}")
        recorded.read("a: 0")
    assert len(list(kept.iterdir())) == recorded.KEPT
    assert recorded._place("a: 0").exists()
    assert not recorded._place("a: 1").exists()


def test_without_a_place_to_keep_it(kept: Path) -> None:
    kept.parent.parent.write_text("no directory")
    assert recorded.read("a: 1") == {"a": 1}
