"""The questions of copier.yml, as the wizard asks them: help, choices, default, validator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jinja2.sandbox import SandboxedEnvironment


@dataclass(frozen=True)
class Question:
    name: str
    help: str
    default: str
    choices: Mapping[str, str]
    """Label to value, in display order; empty for free text."""
    validator: str

    def refusal(self, answer: str) -> str:
        """What the question's own validator says, empty when it is content."""
        said = _environment().from_string(self.validator).render({self.name: answer})
        return " ".join(said.split())


class _Loader(yaml.SafeLoader):
    """Leaves out what copier.yml includes: type tables ask nothing."""


_Loader.add_constructor("!include", lambda loader, node: None)


def questions(template: Path) -> Sequence[Question]:
    documents = yaml.load_all((template / "copier.yml").read_text(), _Loader)
    rows = {name: row for document in documents if document for name, row in document.items()}
    return tuple(_question(name, row) for name, row in rows.items() if _is_asked(name, row))


def _is_asked(name: str, row: Any) -> bool:
    return not name.startswith("_") and row.get("ask", True) and row.get("when", True)


def _question(name: str, row: Mapping[str, Any]) -> Question:
    choices = row.get("choices") or {}
    labelled = choices if isinstance(choices, dict) else {choice: choice for choice in choices}
    return Question(name, row["help"], row["default"], labelled, row.get("validator", ""))


def _environment() -> SandboxedEnvironment:
    # What every Copier template may use, and so its validators too.
    return SandboxedEnvironment(
        extensions=["jinja2_ansible_filters.AnsibleCoreFiltersExtension"], autoescape=False
    )
