"""Template version × answers → Tree, in memory: the bytes `copier.run_copy` would write."""

from __future__ import annotations

import json
import os
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import jinja2
import yaml
from jinja2 import meta
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from backendgen.releases import SOURCE, Template, cache_directory, write_atomically

ANSWERS_FILE = ".copier-answers.yml"
SUFFIX = ".jinja"
YIELD = re.compile(r"{%-?\s*yield\s+(\w+)\s+from\s+(.*?)\s*-?%}(.*?){%-?\s*endyield\s*-?%}")
FILTERS = "jinja2_ansible_filters.AnsibleCoreFiltersExtension"
UNDEFINED = {"jinja2.Undefined": jinja2.Undefined, "jinja2.StrictUndefined": jinja2.StrictUndefined}


class File(NamedTuple):
    content: bytes
    executable: bool = False


Tree = Mapping[str, File]
Context = Mapping[str, Any]
NamesRead = Mapping[str, list[str] | None]
Found = TypeVar("Found")


class Source(NamedTuple):
    """A file or directory of the template; its name may hold Jinja and one yield."""

    path: Path
    name: str
    is_directory: bool
    is_template: bool
    executable: bool


class Parsed(NamedTuple):
    names: set[str]
    others: set[str | None]
    """Templates that it includes or imports; None is one whose name is computed."""


class Making(NamedTuple):
    source: Source
    context: Context


def render(template: Template, answers: Mapping[str, Any]) -> Rendering:
    """The whole project, answers file included; `_src_path` in the answers overrides SOURCE."""
    metadata = {"_commit": template.version, "_src_path": answers.get("_src_path", SOURCE)}
    return _renderer(template.root).tree(metadata, answers)


def text(template: Template, name: str, **context: Any) -> str:
    """What one file of the templates says, `name` being its path, where Copier does not ask for it."""
    return _renderer(template.root).text(name, context)


def changed(old: Tree, new: Tree) -> list[str]:
    """The paths at which two trees differ; what cannot differ is not even rendered."""
    return [
        path
        for path in sorted({*old, *new})
        if not _is_made_alike(old, new, path) and old.get(path) != new.get(path)
    ]


def _is_made_alike(old: Tree, new: Tree, path: str) -> bool:
    if not isinstance(old, Rendering) or not isinstance(new, Rendering):
        return False
    if old.renderer is not new.renderer or path not in old.makings or path not in new.makings:
        return False
    (source, before), (other, after) = old.makings[path], new.makings[path]
    reads = old.renderer.reads(source)
    return (
        source is other and reads is not None and all(before.get(k) == after.get(k) for k in reads)
    )


class Rendering(Mapping[str, File]):
    """A tree whose files are made when they are looked at."""

    def __init__(
        self,
        renderer: _Renderer,
        makings: Mapping[str, Making],
        recorded: Mapping[str, Any],
        files: Tree | None = None,
    ) -> None:
        self.renderer = renderer
        self.makings = makings
        self.recorded = recorded
        """What the answers file says."""
        self.files = dict(files or {})

    def __getitem__(self, path: str) -> File:
        if path not in self.files:
            source, context = self.makings[path]
            self.files[path] = File(self.renderer.content(source, context), source.executable)
        return self.files[path]

    def __iter__(self) -> Iterator[str]:
        return iter({**self.makings, **self.files})

    def __len__(self) -> int:
        return len({*self.makings, *self.files})

    def __or__(self, files: Tree) -> Rendering:
        """With other files besides or instead."""
        makings = {path: making for path, making in self.makings.items() if path not in files}
        return Rendering(self.renderer, makings, self.recorded, {**self.files, **files})


class _Renderer:
    def __init__(self, root: Path) -> None:
        self.root = root
        config = self._kept("config", lambda: _load_config(root))
        self.settings = {key[1:]: value for key, value in config.items() if key.startswith("_")}
        self.questions = {
            key: value if isinstance(value, dict) else {"default": value}
            for key, value in config.items()
            if not key.startswith("_")
        }
        self.environment = _environment(root, self.settings.get("envops", {}))
        self.from_string = cache(self.environment.from_string)
        self.expression = cache(self._expression)
        self.sources = cache(self._sources)

    def tree(self, metadata: Mapping[str, Any], given: Mapping[str, Any]) -> Rendering:
        answers, remembered = self._answers(given)
        recorded = {**metadata, **remembered}
        context = {
            **answers,
            **metadata,
            "_copier_answers": recorded,
            "_copier_conf": {"answers_file": ANSWERS_FILE, "sep": os.sep},
        }
        start = self.root / self._text(self.settings.get("subdirectory", ""), context)
        makings: dict[str, Making] = {}
        for path, source, inner in self._paths(start, "", context):
            if path in makings:
                raise RuntimeError(f"two templates make {path}")
            makings[path] = Making(source, inner)
        return Rendering(self, makings, recorded)

    def _answers(self, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Every answer, and those of them that the answers file remembers."""
        answers: dict[str, Any] = {}
        remembered: dict[str, Any] = {}
        for name, question in self.questions.items():
            asked = _is_true(self._value(question.get("when", True), answers))
            if asked and name in given:
                answers[name] = given[name]
            elif "default" in question:
                answers[name] = self._default(question, answers)
            if asked and name in answers and not question.get("secret"):
                remembered[name] = answers[name]
        return answers, remembered

    def _default(self, question: Mapping[str, Any], context: Context) -> Any:
        value = self._value(question["default"], context)
        if isinstance(value, str) and question.get("type", "str") != "str":
            return yaml.safe_load(value)
        return value

    def _paths(
        self, directory: Path, prefix: str, context: Context
    ) -> Iterator[tuple[str, Source, Context]]:
        for source in self.sources(directory):
            for name, inner in self._names(source.name, context):
                path = prefix + name
                if not name or self._is_excluded(path):
                    continue
                if source.is_directory:
                    yield from self._paths(source.path, f"{path}/", inner)
                else:
                    yield path, source, inner

    def _names(self, name: str, context: Context) -> Iterator[tuple[str, Context]]:
        match = YIELD.search(name)
        if match is None:
            yield self._text(name, context), context
            return
        variable, items, body = match.groups()
        text = name[: match.start()] + body + name[match.end() :]
        for item in self.expression(items)(**context) or ():
            inner = {**context, variable: item}
            yield self._text(text, inner), inner

    def _sources(self, directory: Path) -> Sequence[Source]:
        with os.scandir(directory) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        names = {entry.name for entry in found}
        return [_source(entry) for entry in found if entry.name + SUFFIX not in names]

    def reads(self, source: Source) -> frozenset[str] | None:
        """The names that what a source makes may depend on; None if it may be any."""
        if not source.is_template:
            return frozenset()
        names = self.names_read.get(self._name(source.path))
        return None if names is None else frozenset(names)

    def content(self, source: Source, context: Context) -> bytes:
        if not source.is_template:
            return source.path.read_bytes()
        return self.text(self._name(source.path), context).encode()

    def text(self, name: str, context: Context) -> str:
        try:
            return self.environment.get_template(name).render(context)
        except jinja2.TemplateError as error:
            error.add_note(f"while rendering {name}")
            raise

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    @cached_property
    def names_read(self) -> NamesRead:
        return self._kept("reads", self._find_names_read)

    def _kept(self, name: str, find: Callable[[], Found]) -> Found:
        """What is found out of the files, in words of JSON: once, as the tree of a version never changes."""
        if self.root.parent != cache_directory() / "trees":
            return find()
        kept = self.root.with_suffix(f".{name}.json")
        with suppress(OSError, ValueError):
            before: Found = json.loads(kept.read_bytes())
            return before
        found = find()
        with suppress(OSError):
            write_atomically(kept, json.dumps(found).encode())
        return found

    def _find_names_read(self) -> NamesRead:
        paths = sorted(self.root.glob(f"templates/**/*{SUFFIX}"))
        parsed = {self._name(path): self._parse(path) for path in paths}
        return {name: _names_read_by(name, parsed) for name in parsed}

    def _parse(self, path: Path) -> Parsed:
        syntax = self.environment.parse(path.read_text(encoding="utf-8"))
        return Parsed(
            meta.find_undeclared_variables(syntax), set(meta.find_referenced_templates(syntax))
        )

    def _is_excluded(self, path: str) -> bool:
        return any(
            fnmatchcase(path, pattern[1:])
            if pattern.startswith("/")
            else fnmatchcase(path.rpartition("/")[2], pattern)
            for pattern in self.settings.get("exclude", ())
        )

    def _value(self, value: Any, context: Context) -> Any:
        return self._text(value, context) if isinstance(value, str) else value

    def _text(self, text: str, context: Context) -> str:
        return self.from_string(text).render(context) if "{" in text else text

    def _expression(self, text: str) -> Any:
        return self.environment.compile_expression(text, undefined_to_none=False)


def _names_read_by(name: str, parsed: Mapping[str, Parsed]) -> list[str] | None:
    """By a template and by all that it includes or imports, however deep; None if not known."""
    names: set[str] = set()
    reached, left = {name}, [name]
    while left:
        found = parsed.get(left.pop())
        if found is None or None in found.others:
            return None
        names |= found.names
        new = {other for other in found.others if other} - reached
        reached |= new
        left += new
    return sorted(names)


@lru_cache(maxsize=8)
def _renderer(root: Path) -> _Renderer:
    return _Renderer(root)


def _source(entry: os.DirEntry[str]) -> Source:
    is_directory = entry.is_dir()
    is_template = not is_directory and entry.name.endswith(SUFFIX)
    name = entry.name.removesuffix(SUFFIX) if is_template else entry.name
    executable = not is_directory and bool(entry.stat().st_mode & 0o100)
    return Source(Path(entry.path), name, is_directory, is_template, executable)


def _load_config(root: Path) -> dict[str, Any]:
    """copier.yml with its documents merged, later ones first, and what they `!include`."""

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        pass

    def include(loader: Any, node: yaml.ScalarNode) -> list[Any]:
        paths = sorted(root.glob(loader.construct_scalar(node)))
        return [document for path in paths for document in _documents(path, Loader)]

    Loader.add_constructor("!include", include)
    return {
        key: value
        for part in _documents(root / "copier.yml", Loader)
        for key, value in part.items()
    }


def _documents(path: Path, loader: Any) -> list[Any]:
    documents: list[Any] = []
    for document in yaml.load_all(path.read_bytes(), loader):
        documents.extend(document if isinstance(document, list) else [document])
    return [document for document in documents if document]


def _environment(root: Path, options: Mapping[str, Any]) -> jinja2.Environment:
    undefined = UNDEFINED[options.get("undefined", "jinja2.Undefined")]
    with warnings.catch_warnings():
        # The filters rename those of their own that Jinja has too, and warn of it.
        warnings.simplefilter("ignore")
        # Copier's own is sandboxed, as its templates may be anyone's; these are backendgen's.
        return jinja2.Environment(
            loader=jinja2.FileSystemLoader(root),
            extensions=[FILTERS],
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_BytecodeCache.of_user(),
            **{"keep_trailing_newline": True, **options, "undefined": undefined},
        )


class _BytecodeCache(FileSystemBytecodeCache):
    """Compiled templates; a cache that cannot be written costs time and nothing else."""

    @classmethod
    def of_user(cls) -> _BytecodeCache | None:
        directory = cache_directory() / "compiled" / jinja2.__version__
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        return cls(str(directory))

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _is_true(value: object) -> bool:
    if isinstance(value, str):
        return value.strip().lower() in {"y", "yes", "t", "true", "on", "1"}
    return bool(value)
