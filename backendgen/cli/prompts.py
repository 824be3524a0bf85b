"""The two kinds of prompt. Esc raises Back, Ctrl-C raises KeyboardInterrupt."""

from collections.abc import Mapping
from typing import Any

import questionary
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings


class Back(Exception):
    """One question back."""


def type_in(asked: str, *, typed: str = "", default: str = "") -> str:
    """`typed` stands on the line already; `default` is the answer of an empty line."""
    shown = f"{asked} ({default})" if default else asked
    return str(_answer(questionary.text(shown, default=typed))).strip() or default


def choose(asked: str, choices: Mapping[str, str], default: str | None = None) -> str:
    """The value of the chosen label."""
    rows = [questionary.Choice(label, value) for label, value in choices.items()]
    return str(_answer(questionary.select(asked, rows, default=default)))


def _answer(question: questionary.Question) -> Any:
    keys = KeyBindings()

    # eager: else Esc is the start of a key chord, and nothing happens before the next key.
    @keys.add("escape", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=Back)

    own = question.application.key_bindings
    question.application.key_bindings = merge_key_bindings([own, keys] if own else [keys])
    return question.unsafe_ask()
