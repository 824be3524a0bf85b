"""Versions of the templates: a tag each in a git bundle, and the tree of any of them.

The bundle that backendgen ships holds the releases. Its copy under the user's home is what projects
name as their source, so that plain Copier finds them there too. From a checkout whose templates are
not released that copy gets a synthetic version besides; its local part ("0.1.0+1.g…") sorts it
between two releases, and Copier does not skip it as it would skip a pre-release.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from backendgen.errors import BackendgenError
from backendgen.javascript import DERIVED, derived

SOURCE = "~/.local/share/backendgen/templates.bundle"
PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parent
PARTS = ("copier.yml", "templates")
# What makes the JavaScript templates: a version is another one when they are made another way.
CONVERTER = "backendgen/javascript"
IGNORED = re.compile(r"__pycache__|\..*_cache|.*\.py[co]|\.DS_Store|.*~|\..*\.sw[op]")
VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:\+(\d+)\.g([0-9a-f]{12}))?")
# A commit's date is its place in the history, so that the same templates give the same commit.
FIRST_DAY, DAY = 1_735_689_600, 86_400


class GitError(RuntimeError):
    """git failed where it should not."""


@dataclass(frozen=True)
class Template:
    version: str
    root: Path


def current() -> Template:
    """What this backendgen generates with: its last release, or the checkout it runs from."""
    released = _latest(tags(shipped_bundle()))
    if not is_checkout():
        if released is None:
            raise BackendgenError(
                "this backendgen was built without its templates; install it anew"
            )
        return at(released)
    content = fingerprint(CHECKOUT)
    if released and _sealed_content(at(released).root) == content:
        return at(released)
    return at(_synthetic(released or "0.0.0", content))


def at(version: str) -> Template:
    """The templates of any version that a backendgen on this machine has brought."""
    _place()
    bundle = local_bundle()
    commits = tags(bundle)
    if version not in commits:
        known = ", ".join(sorted(commits, key=_order)) or "none"
        raise BackendgenError(
            f"version {version} of the templates is not known here (known: {known}); install the "
            "backendgen that last changed this project, or a later one: "
            "pip install --upgrade backendgen"
        )
    return Template(version, _tree(bundle, commits[version]))


def recorded(version: str) -> Template:
    """The templates that a project was made with, unless a later backendgen made it."""
    released = _latest(tags(shipped_bundle()))
    if released and VERSION.fullmatch(version) and _order(version)[:3] > _order(released)[:3]:
        raise BackendgenError(
            f"this project has the templates {version}, and this backendgen knows them up to "
            f"{released}; install the backendgen that last changed this project, or a later one: "
            "pip install --upgrade backendgen"
        )
    return at(version)


def is_later(version: str, other: str) -> bool:
    return _order(version) > _order(other)


def release(version: str) -> None:
    """Append the checkout's templates to the shipped bundle."""
    bundle = CHECKOUT / "releases" / "templates.bundle"
    commits = tags(bundle)
    last = _latest(commits)
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise BackendgenError(f"{version} is not a version; write three numbers, such as 1.2.3")
    if last and not is_later(version, last):
        raise BackendgenError(f"{version} does not come after {last}, the last release")
    if last and fingerprint(_tree(bundle, commits[last])) == fingerprint(CHECKOUT):
        raise BackendgenError(
            f"the templates are still those of {last}; there is nothing to release"
        )
    with _told_of(bundle):
        _write_bundle(bundle, (bundle,), version)


def is_checkout() -> bool:
    return all((CHECKOUT / part).exists() for part in PARTS)


def shipped_bundle() -> Path:
    directory = CHECKOUT / "releases" if is_checkout() else PACKAGE
    return directory / "templates.bundle"


def local_bundle() -> Path:
    return Path(SOURCE).expanduser()


def cache_directory() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "backendgen"


def tags(bundle: Path) -> dict[str, str]:
    """Version → commit, read from the head of the bundle; nothing where there is no bundle."""
    if not bundle.is_file():
        return {}
    found: dict[str, str] = {}
    with bundle.open("rb") as lines:
        for line in iter(lines.readline, b"\n"):
            commit, _, version = line.decode(errors="replace").rstrip().partition(" refs/tags/")
            if VERSION.fullmatch(version):
                found[version] = commit
            if not line:
                break
    return found


def fingerprint(root: Path) -> str:
    """Of the contents, but for what is made of them: the same on every machine."""
    digest = hashlib.sha256()
    for path, mode, entry in _files(root):
        if DERIVED in path:
            continue
        content = _content(entry)
        digest.update(f"{mode} {len(content)} {path}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _signature(root: Path) -> str:
    """Of what the file system tells of the files, which is quicker: another one after any change."""
    digest = hashlib.sha256()
    for path, mode, entry in _files(root):
        status = os.lstat(entry)
        digest.update(f"{mode} {status.st_size} {status.st_ctime_ns} {path}\n".encode())
    return digest.hexdigest()


def _latest(versions: Iterable[str]) -> str | None:
    return max(versions, key=_order, default=None)


def _order(version: str) -> tuple[int, int, int, int]:
    match = VERSION.fullmatch(version)
    if match is None:
        raise ValueError(version)
    major, minor, patch, local = (int(part or 0) for part in match.groups()[:4])
    return major, minor, patch, local


def _place() -> None:
    """Bring the shipped releases to the local bundle; one that holds them already stays as it is."""
    shipped, local = shipped_bundle(), local_bundle()
    if tags(shipped).items() <= tags(local).items():
        return
    with _changing(local):
        if tags(local).keys() <= tags(shipped).keys():
            write_atomically(local, shipped.read_bytes())
        else:
            _write_bundle(local, (local, shipped))


def _synthetic(released: str, content: str) -> str:
    """The version of a checkout's unreleased templates, made unless it is the newest already."""
    _place()
    local = local_bundle()
    with _changing(local):
        versions = [version for version in tags(local) if version.startswith(f"{released}+")]
        newest = _latest(versions)
        if newest and newest.endswith(content[:12]):
            return newest
        count = _order(newest)[3] if newest else 0
        version = f"{released}+{count + 1}.g{content[:12]}"
        _write_bundle(local, (local,), version)
        return version


def _write_bundle(target: Path, sources: Iterable[Path], version: str | None = None) -> None:
    """Join the sources in target, and add the checkout's templates as `version`."""
    with tempfile.TemporaryDirectory(prefix="backendgen-") as directory:
        repository = Path(directory)
        git("init", "--quiet", "--bare", cwd=repository)
        for source in sources:
            if source.is_file():
                _fetch(source, repository)
        if version is not None:
            git("fast-import", "--quiet", cwd=repository, stdin=_commit(repository, version))
        newest = _latest(_versions(repository))
        git("update-ref", "refs/heads/main", f"refs/tags/{newest}", cwd=repository)
        git("symbolic-ref", "HEAD", "refs/heads/main", cwd=repository)
        bundle = repository / "new.bundle"
        git(
            "-c",
            "pack.threads=1",
            "bundle",
            "create",
            "-q",
            bundle,
            "--all",
            "HEAD",
            cwd=repository,
        )
        write_atomically(target, bundle.read_bytes())


def _fetch(bundle: Path, repository: Path) -> None:
    git("fetch", "--quiet", "--force", bundle, "refs/tags/*:refs/tags/*", cwd=repository)


def _versions(repository: Path) -> list[str]:
    names = git("for-each-ref", "--format=%(refname:strip=2)", "refs/tags", cwd=repository)
    return names.decode().split()


def _commit(repository: Path, version: str) -> bytes:
    """A stream for fast-import: the only way in that no setting of git's can change."""
    earlier = [name for name in _versions(repository) if _order(name) < _order(version)]
    parent = _latest(earlier)
    date = FIRST_DAY + DAY * len(earlier)
    parts = [
        f"commit refs/tags/{version}\n"
        f"committer backendgen <backendgen@localhost> {date} +0000\n"
        f"data {len(version)}\n{version}\n".encode()
    ]
    if parent is not None:
        parts.append(f"from refs/tags/{parent}^0\ndeleteall\n".encode())
    for path, mode, content in _versioned(CHECKOUT):
        parts.append(f"M {mode} inline {path}\ndata {len(content)}\n".encode() + content + b"\n")
    return b"".join(parts)


def _versioned(root: Path) -> list[tuple[str, str, bytes]]:
    """Path, mode and content of everything in a version."""
    files = [(path, mode, _content(entry)) for path, mode, entry in _files(root)]
    return [*files, *derived(files)]


def _tree(bundle: Path, commit: str) -> Path:
    """The files of a commit, extracted once; a copy that someone changed is made anew."""
    root = cache_directory() / "trees" / commit
    if not _is_sealed(root):
        with _changing(root):
            if not _is_sealed(root):
                _seal(bundle, commit, root)
    return root


def _is_sealed(root: Path) -> bool:
    try:
        return _seal_of(root).read_text().split()[:1] == [_signature(root)]
    except (FileNotFoundError, NotADirectoryError):
        return False


def _sealed_content(root: Path) -> str:
    """The fingerprint of a sealed tree."""
    return _seal_of(root).read_text().split()[1]


def _seal_of(root: Path) -> Path:
    """Holds the signature and the fingerprint of a tree as it was extracted."""
    return root.with_suffix(".seal")


def _seal(bundle: Path, commit: str, root: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=_unfinished(root), dir=root.parent) as directory:
        new = Path(directory, "tree")
        _extract(bundle, commit, new)
        shutil.rmtree(root, ignore_errors=True)
        new.replace(root)
    # Last: a tree without its seal is made anew, and what a kill has left beside it goes.
    write_atomically(_seal_of(root), f"{_signature(root)} {fingerprint(root)}\n".encode())


def _extract(bundle: Path, commit: str, directory: Path) -> None:
    repository = directory.with_name("repository")
    git("init", "--quiet", "--bare", repository)
    _fetch(bundle, repository)
    directory.mkdir()
    git(f"--work-tree={directory}", "checkout", "--force", commit, "--", ".", cwd=repository)


def _files(root: Path) -> Iterator[tuple[str, str, str]]:
    """Path, git's mode and place of everything that belongs to the templates, in order."""
    yield PARTS[0], "100644", os.fspath(root / PARTS[0])
    yield from _files_below(root / PARTS[1], PARTS[1])
    if (root / CONVERTER).is_dir():
        yield from _files_below(root / CONVERTER, CONVERTER)


def _files_below(directory: str | Path, prefix: str) -> Iterator[tuple[str, str, str]]:
    with os.scandir(directory) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        path = f"{prefix}/{entry.name}"
        if IGNORED.fullmatch(entry.name):
            continue
        if entry.is_symlink():
            yield path, "120000", entry.path
        elif entry.is_dir():
            yield from _files_below(entry.path, path)
        else:
            yield path, "100755" if entry.stat().st_mode & 0o100 else "100644", entry.path


def _content(path: str) -> bytes:
    """As git keeps it: of a link, where it leads."""
    return os.readlink(path).encode() if os.path.islink(path) else Path(path).read_bytes()


@contextmanager
def _changing(target: Path) -> Iterator[None]:
    """Holds the lock beside a file that two runs may want to change at once."""
    with _told_of(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _clear_away(target)
            yield


def _clear_away(target: Path) -> None:
    """What a killed run left: whoever holds the lock is alone."""
    for left in target.parent.glob(f".{target.name}*-*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink()


def _unfinished(target: Path) -> str:
    return f".{target.name}-"


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackendgenError(
            f"cannot write {path}, where backendgen keeps its templates: {error.strerror or error}"
        ) from error
    except GitError as error:
        raise BackendgenError(
            f"cannot bring the templates to {path}: {error}; unless the disk is full, "
            f"{local_bundle()} is damaged; delete it and run the command again"
        ) from error


def write_atomically(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=_unfinished(target), dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def git(
    *arguments: str | Path,
    cwd: Path | None = None,
    stdin: bytes = b"",
    accept: Container[int] = (0,),
) -> bytes:
    """git with nobody's settings; its absence is told, its failure is a bug of ours."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=cwd,
            input=stdin,
            env=environment,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise BackendgenError("backendgen needs git, which is not installed here") from error
    if done.returncode not in accept:
        said = " ".join(done.stderr.decode(errors="replace").split())
        raise GitError(f"git {arguments[0]}: {said or f'ended with {done.returncode}'}")
    return done.stdout
