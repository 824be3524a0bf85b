"""The command against plain Copier: as whole processes, which is what a person waits for, and as calls."""

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from backendgen.releases import SOURCE
from benchmarks.pairs import Cost, Figure, at_least, at_most, measured

BIN = Path(sys.executable).parent
FEW, MANY = 10, 200
FIELDS = {
    "name": "string:120:index",
    "code": "slug:unique",
    "note": "text:optional",
    "state": "enum:open,closed:default=open",
    "price": "decimal:10,2:min=0",
    "due_at": "datetime:optional",
}
REVIEW = ("Review", "stars:int:min=1:max=5", "body:text:optional", "subject:ref:Thing1:cascade")
STARTS = 20
# Timed in a process of its own, after everything is imported.
CALL = """
import sys, time
from pathlib import Path
import yaml
{imports}
root, spec, answers = map(Path, sys.argv[1:])
begun, used = time.perf_counter(), time.process_time()
{call}
print(time.perf_counter() - begun, time.process_time() - used)
"""
RUN_COPY = CALL.format(
    imports="from copier import run_copy",
    call=f"run_copy({SOURCE!r}, root, yaml.safe_load(answers.read_text()), defaults=True, quiet=True)",
)
RUN_NEW = CALL.format(
    imports="from backendgen.project import carry_out_new, propose_new",
    call="carry_out_new(propose_new(root, spec.read_text(), str(spec)))",
)


def figures(pairs: int) -> Iterator[Figure]:
    yield measured(
        "`backendgen --version` / `python -c pass`",
        lambda: seconds(BIN / "backendgen", "--version"),
        lambda: seconds(sys.executable, "-c", "pass"),
        STARTS,
        at_most(3),
    )
    with TemporaryDirectory(prefix="bench-") as directory:
        few = Subject(Path(directory), FEW)
        name = f"`copier copy` / `backendgen new`, {FEW} resources"
        yield measured(name, few.copier_copy, few.new, pairs, at_least(5))
        name = f"`run_copy` / what `new` calls, {FEW} resources"
        copy, new = (partial(few.call, code) for code in (RUN_COPY, RUN_NEW))
        yield measured(name, copy, new, pairs, at_least(5))
        name = f"`copier update` / `add resource`, {FEW} resources"
        yield measured(name, few.copier_update, few.add, pairs, at_least(15))
        many = Subject(Path(directory), MANY)
        name = f"`add resource` to {MANY} resources / to {FEW}"
        yield measured(name, many.add, few.add, pairs, at_most(4))
        name = f"`copier update` / `add resource`, {MANY} resources"
        yield measured(name, many.copier_update, many.add, 1)


class Subject:
    """A project with so many resources, as it was made and committed; each measurement has its own copy."""

    def __init__(self, directory: Path, resources: int) -> None:
        self.directory = directory / str(resources)
        self.directory.mkdir()
        self.names = count()
        self.spec = self.directory / "spec.yaml"
        self.spec.write_text(yaml.safe_dump(spec(resources), sort_keys=False))
        self.origin = self._unused()
        seconds(*self._new(self.origin))
        self.before = self._answers("before.yml", self.origin)
        commit(self.origin)
        grown = self._copy()
        seconds(*self._add(), cwd=grown)
        self.after = self._answers("after.yml", grown)

    def new(self) -> Cost:
        return seconds(*self._new(self._unused()))

    def copier_copy(self) -> Cost:
        words = ("copy", "--defaults", "--quiet", f"--data-file={self.before}")
        return seconds(BIN / "copier", *words, SOURCE, self._unused())

    def call(self, code: str) -> Cost:
        command = (sys.executable, "-c", code, self._unused(), self.spec, self.before)
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        return Cost(*map(float, said.split()))

    def add(self) -> Cost:
        return seconds(*self._add(), cwd=self._copy())

    def copier_update(self) -> Cost:
        words = ("update", "--defaults", "--quiet", "--vcs-ref=:current:")
        return seconds(BIN / "copier", *words, f"--data-file={self.after}", cwd=self._copy())

    def _new(self, target: Path) -> tuple[str | Path, ...]:
        return (BIN / "backendgen", "new", target, "--spec", self.spec, "--no-input", "--quiet")

    def _add(self) -> tuple[str | Path, ...]:
        return (BIN / "backendgen", "add", "resource", *REVIEW, "--quiet")

    def _answers(self, name: str, project: Path) -> Path:
        """What Copier is told instead of the command's words."""
        recorded = yaml.safe_load((project / ".copier-answers.yml").read_text())
        answers = {key: value for key, value in recorded.items() if not key.startswith("_")}
        path = self.directory / name
        path.write_text(yaml.safe_dump(answers))
        return path

    def _copy(self) -> Path:
        return Path(shutil.copytree(self.origin, self._unused(), symlinks=True))

    def _unused(self) -> Path:
        return self.directory / f"project{next(self.names)}"


def spec(resources: int) -> dict[str, object]:
    """Each refers to the one before it."""
    things = {
        f"Thing{n}": {"fields": {**FIELDS, **({"before": f"ref:Thing{n - 1}"} if n > 1 else {})}}
        for n in range(1, resources + 1)
    }
    settings = {"framework": "fastapi", "database": "sqlite", "auth": "jwt"}
    return {"name": "bench", **settings, "resources": things}


def commit(project: Path) -> None:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
    for words in (
        ("init", "--quiet"),
        ("add", "--all"),
        (*identity, "commit", "--quiet", "--message=new"),
    ):
        seconds("git", *words, cwd=project)


def seconds(*command: str | Path, cwd: Path | None = None) -> Cost:
    """Of the process and of all that it started."""
    begun, used = time.perf_counter(), processor_seconds()
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)
    return Cost(time.perf_counter() - begun, processor_seconds() - used)


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
