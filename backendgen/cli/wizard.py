"""The questions of `new` on a terminal: what copier.yml asks, then resources and their fields.

Esc goes one question back, Ctrl-C leaves; nothing is written before the last answer is given.
"""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from backendgen.cli.draft import Draft, DraftResource, word_of
from backendgen.cli.prompts import Back, choose, type_in
from backendgen.cli.questions import Question
from backendgen.cli.words import pairs, told_of
from backendgen.errors import BackendgenError, Problem, SpecError
from backendgen.project import SPEC_FILE
from backendgen.report import Report
from backendgen.spec.grammar import MODIFIERS, SETTINGS, TYPES
from backendgen.spec.loading import parse_spec

INTRODUCTION = "Enter takes what is shown, Esc goes back, Ctrl-C leaves and writes nothing."
RESOURCES = "Resources are what the API is about, such as Post, Author and Tag; one at a time."
FIELDS = "A field is name:type and its rules, as title:string:200:index; ? lists them."


def wizard(
    report: Report, questions: Sequence[Question], draft: Draft, taken: Callable[[str], str]
) -> Draft:
    """Asks for what the draft does not hold yet, and shows it until it is right.

    `taken` says of a name why no project can be made under it, or nothing.
    """
    sure = {each.name: each.default for each in questions if len(each.choices) == 1}
    draft = replace(draft, settings={**sure, **draft.settings})
    asked = [question for question in questions if question.name not in draft.settings]
    report.say(INTRODUCTION, style="dim")
    try:
        return Wizard(report, asked, taken).whole(draft)
    except KeyboardInterrupt:
        raise BackendgenError("left the questions; nothing was written") from None


@dataclass(frozen=True)
class Wizard:
    report: Report
    questions: Sequence[Question]
    taken: Callable[[str], str]

    def whole(self, draft: Draft) -> Draft:
        draft = self._settings(draft)
        self.report.say(f"\n{RESOURCES}\n{FIELDS}", style="dim")
        while True:
            try:
                return self._review(self._resources(draft))
            except Back:
                draft = self._settings(draft, start=len(self.questions) - 1)

    # --------------------------------------------------------------- settings
    def _settings(self, draft: Draft, start: int = 0) -> Draft:
        at = max(start, 0)
        while at < len(self.questions):
            try:
                draft = self._setting(draft, self.questions[at])
                at += 1
            except Back:
                at = max(at - 1, 0)
        return draft

    def _setting(self, draft: Draft, question: Question) -> Draft:
        default = draft.settings.get(question.name, question.default)
        asked, mark, hint = question.help.partition("?")
        self._hint(hint)
        if question.choices:
            return _with(draft, question.name, choose(asked + mark, question.choices, default))
        answer = type_in(asked + mark, default=default)
        while refusal := self._refusal(question, answer):
            self._object(refusal)
            answer = type_in(asked + mark, typed=answer)
        return _with(draft, question.name, answer)

    def _refusal(self, question: Question, answer: str) -> str:
        return question.refusal(answer) or (self.taken(answer) if question.name == "name" else "")

    # -------------------------------------------------------------- resources
    def _resources(self, draft: Draft) -> Draft:
        """Until an empty name; Esc takes up again what was added here, then leaves."""
        kept = len(draft.resources)
        while True:
            try:
                grown = self._one_more(draft)
            except Back:
                if len(draft.resources) <= kept:
                    raise
                draft = self._reopened(draft)
                continue
            if grown is None:
                return draft
            draft = grown

    def _one_more(self, draft: Draft) -> Draft | None:
        """None when that is all; a resource that is referred to is not asked for its name."""
        if missing := _missing(draft):
            return self._filled(draft, DraftResource(missing, ()))
        name = ""
        while name := self._name(draft, name):
            try:
                return self._filled(draft, DraftResource(name, ()))
            except Back:
                continue
        return None

    def _reopened(self, draft: Draft) -> Draft:
        *earlier, last = draft.resources
        before = replace(draft, resources=tuple(earlier))
        try:
            return self._filled(before, last)
        except Back:
            return before

    def _name(self, draft: Draft, typed: str) -> str:
        asked = "Resource (empty: that is all)" if draft.resources else "Resource"
        while typed := type_in(asked, typed=typed):
            said = self._problems(_adding(draft, DraftResource(typed, ())))
            if not said:
                break
            self._object(*said[:1])
        return typed

    def _filled(self, draft: Draft, resource: DraftResource) -> Draft:
        """Its fields one by one, until an empty line; Esc takes the last one up again."""
        typed = ""
        while True:
            try:
                typed = type_in(f"{resource.name}, field {len(resource.fields) + 1}", typed=typed)
            except Back:
                resource, typed = _shrunk(resource)
                continue
            if not typed:
                return self._added(draft, resource)
            if typed == "?":
                self._grammar()
                typed = ""
            elif self._accepts(draft, grown := _grown(resource, _joined(typed))):
                resource, typed = grown, ""

    def _accepts(self, draft: Draft, resource: DraftResource) -> bool:
        trial = _adding(draft, resource)
        said = self._problems(trial)
        self._object(*said[:1])
        if not said:
            self._tell_missing(draft, trial)
        return not said

    def _tell_missing(self, draft: Draft, trial: Draft) -> None:
        name = _missing(trial)
        if not name or name == _missing(draft):
            return
        known = [resource.name for resource in trial.resources]
        close = get_close_matches(name, known, 1)
        meant = f" If {close[0]} was meant: Esc goes back." if close else ""
        self.report.say(f"  {name} is not there yet, and is asked next.{meant}", style="yellow")

    def _added(self, draft: Draft, resource: DraftResource) -> Draft:
        self.report.table(resource.name, ("Field", "Type and rules"), pairs(resource.fields))
        return _adding(draft, resource)

    # ----------------------------------------------------------------- review
    def _review(self, draft: Draft) -> Draft:
        """Shows the whole until the person says that it is right."""
        while (step := self._chosen(draft)) is not None:
            try:
                draft = step(draft)
            except Back:
                continue
        return draft

    def _chosen(self, draft: Draft) -> Callable[[Draft], Draft] | None:
        steps: dict[str, Callable[[Draft], Draft] | None] = {
            "Yes, make the project": None,
            "Add a resource": self._resources,
        }
        if draft.resources:
            steps |= {"Change a resource": self._change, "Remove a resource": self._remove}
        steps |= {"Change a setting": self._reset, "No, leave and write nothing": _leave}
        self._summary(draft)
        return steps[choose("Is this right?", {step: step for step in steps})]

    def _change(self, draft: Draft) -> Draft:
        """All fields of a resource in one line, which is edited."""
        old = _pick("Change which resource?", draft)
        typed = shlex.join(old.fields)
        while True:
            typed = type_in(f"Fields of {old.name}", typed=typed)
            new = DraftResource(old.name, tuple(_split(typed)))
            changed = _replacing(draft, old, new)
            if not (said := self._problems(changed)):
                return self._resources(changed) if _missing(changed) else changed
            self._object(*said)

    def _remove(self, draft: Draft) -> Draft:
        removed = _pick("Remove which resource?", draft)
        left = tuple(resource for resource in draft.resources if resource is not removed)
        without = replace(draft, resources=left)
        if _missing(without) != removed.name:
            return without
        self._object(f"{removed.name} is referred to; change what refers to it first")
        return draft

    def _reset(self, draft: Draft) -> Draft:
        open_ = {
            question.name: question for question in self.questions if len(question.choices) != 1
        }
        name = choose("Change which setting?", {name: name for name in open_})
        return self._setting(draft, open_[name])

    # ------------------------------------------------------------------ words
    def _problems(self, draft: Draft) -> Sequence[str]:
        """What the grammar says; a resource that is asked later counts as being there."""
        try:
            text = _stubbed(draft).text
            with told_of(word_of, text):
                parse_spec(text, SPEC_FILE)
        except SpecError as error:
            return [_told(problem) for problem in error.problems]
        return []

    def _object(self, *said: str) -> None:
        for sentence in said:
            self.report.say(f"  {sentence}", style="red")

    def _hint(self, sentence: str) -> None:
        if sentence.strip():
            self.report.say(f"  {sentence.strip()}", style="dim")

    def _grammar(self) -> None:
        types = "   ".join(each.line for each in TYPES.values())
        rules = "   ".join(each.line for each in MODIFIERS.values())
        self.report.say(f"  types   {types}\n  rules   {rules}", style="dim")

    def _summary(self, draft: Draft) -> None:
        settings = [(key, draft.settings[key]) for key in SETTINGS if draft.settings.get(key)]
        self.report.table("", ("Setting", "Value"), settings)
        rows = [row for resource in draft.resources for row in _rows(resource)]
        if rows:
            self.report.table("", ("Resource", "Field", "Type and rules"), rows)


# ------------------------------------------------------------------- the draft
def _with(draft: Draft, key: str, value: str) -> Draft:
    return replace(draft, settings={**draft.settings, key: value})


def _adding(draft: Draft, resource: DraftResource) -> Draft:
    return replace(draft, resources=(*draft.resources, resource))


def _replacing(draft: Draft, old: DraftResource, new: DraftResource) -> Draft:
    kept = tuple(new if resource is old else resource for resource in draft.resources)
    return replace(draft, resources=kept)


def _shrunk(resource: DraftResource) -> tuple[DraftResource, str]:
    """Without its last field, and that field."""
    if not resource.fields:
        raise Back
    *earlier, last = resource.fields
    return replace(resource, fields=tuple(earlier)), last


def _grown(resource: DraftResource, field: str) -> DraftResource:
    return replace(resource, fields=(*resource.fields, field))


def _missing(draft: Draft) -> str:
    """The first resource that is referred to and not there."""
    known = {resource.name for resource in draft.resources} | {"User"}
    targets = (_target(field) for resource in draft.resources for field in resource.fields)
    return next((target for target in targets if target and target not in known), "")


def _joined(typed: str) -> str:
    """Takes a line as it stands in YAML, `title: string`, as well."""
    name, _, text = typed.partition(":")
    return f"{name.strip()}:{text.strip()}" if text else typed


def _target(field: str) -> str:
    _, type_, target, *_ = *field.split(":"), "", ""
    return target if type_ in ("ref", "many") else ""


def _stubbed(draft: Draft) -> Draft:
    while name := _missing(draft):
        draft = _adding(draft, DraftResource(name, ("name:string",)))
    empty = [resource for resource in draft.resources if not resource.fields]
    for resource in empty:
        draft = _replacing(draft, resource, _grown(resource, "name:string"))
    return draft


def _rows(resource: DraftResource) -> Sequence[tuple[str, str, str]]:
    names = [resource.name, *[""] * len(resource.fields)]
    return [(name, *pair) for name, pair in zip(names, pairs(resource.fields), strict=False)]


def _told(problem: Problem) -> str:
    return problem.message + (f"; write: {problem.remedy}" if problem.remedy else "")


def _split(line: str) -> Sequence[str]:
    try:
        return shlex.split(line)
    except ValueError:
        return line.split()


def _leave(draft: Draft) -> Draft:
    raise KeyboardInterrupt


def _pick(asked: str, draft: Draft) -> DraftResource:
    known = {resource.name: resource for resource in draft.resources}
    return known[choose(asked, {name: name for name in known})]
