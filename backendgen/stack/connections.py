"""How a database is named in URLs, settings, images and files of environments."""

import re

from backendgen.stack.clue import Clue, Clues, masked
from backendgen.stack.positions import ini_entries

SUPABASE = re.compile(r"\.supabase\.(?:co|com|net)\b|:5432[12]\b")
SCHEMES = (
    r"postgres(?:ql)?|postgis|psql|pgsql|timescale(?:gis)?|cockroach(?:db)?|mysql2?|mysqlgis"
    r"|mariadb|sqlite3?|spatialite|libsql|mongodb|mssql|sqlserver|oracle"
)
QUOTED = re.compile(rf"(?:[\"'`]|:-)({SCHEMES})((?:\+\w+)?://[^\"'`\n]*)")
URL = re.compile(rf"\b({SCHEMES})((?:\+\w+)?://.*)")
SETTING = re.compile(r"\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)")
FILE = re.compile(r"(file):(?!//)\S*\.(?:db|sqlite3?)\b")
IS_DATABASE = re.compile(r"(?:DATABASE|DB)_?(?:URL|URI|DSN)?$", re.IGNORECASE)
NAMES_ENGINE = re.compile(
    r"(?:^|_)(?:DB|DATABASE|TYPEORM|SQL)_(?:CONNECTION|ENGINE|TYPE|DIALECT|CLIENT|DRIVER|VENDOR|PROVIDER)$"
)
PREFIX = re.compile(
    r"(?:^|_)(SUPABASE|POSTGRES(?:QL)?|MYSQL|MARIADB|MONGO(?:DB)?|PG(?=HOST|DATABASE|USER))(?:_|[HDU]|$)"
)
TESTING = re.compile(r"(?:^|_)TEST(?:ING|S)?(?:_|$)")
IMAGE = re.compile(r"\s*(?:-\s*)?image\s*:\s*[\"']?([^\s\"'#]+)")
HOOK = re.compile(r"\s*-\s*id\s*:\s*[\"']?([\w-]+)")
DJANGO = re.compile(r"(?:\w+\.)+backends\.(\w+)$")


def engine(word: str, said: str, line: int) -> Clue:
    """A database that a setting names: by a word, by Django's module of it, or by a URL."""
    if found := URL.match(word):
        return _url("url", found, said.replace(word, masked(word)), line)
    # A wrapper such as django_prometheus's is named as what it wraps.
    django = DJANGO.match(word)
    return Clue("engine", (django[1] if django else word).lower(), said, line)


def _url(sort: str, found: re.Match[str], said: str, line: int, *, aside: bool = False) -> Clue:
    name = "supabase" if SUPABASE.search(found[0]) else found[1]
    return Clue(sort, name, said, line, aside)


def connections(text: str) -> Clues:
    """URLs that stand in code as literals."""
    seen = set()
    for found in QUOTED.finditer(text):
        if found[1] not in seen:
            seen.add(found[1])
            line = text.count("\n", 0, found.start()) + 1
            yield _url("literal", found, masked(found[1] + found[2]), line)


def environment(text: str) -> Clues:
    """A file of KEY=value lines; of a value nothing is shown but a URL without its credentials."""
    for number, line in enumerate(text.split("\n"), 1):
        if setting := SETTING.match(line):
            yield from _setting(setting[1], setting[2].strip().strip("\"'"), number)


def _setting(key: str, value: str, line: int) -> Clues:
    aside = bool(TESTING.search(key.upper()))
    if found := URL.match(value):
        yield _url("url", found, f"{key}={masked(value)}", line, aside=aside)
    elif IS_DATABASE.search(key) and FILE.match(value):
        yield Clue("url", "file", f"{key}={masked(value)}", line, aside)
    elif NAMES_ENGINE.search(key.upper()):
        yield engine(value, f"{key}={value}", line)._replace(aside=aside)
    elif prefix := PREFIX.search(key.upper()):
        yield Clue("env", prefix[1], f"{key}=…", line, aside)


def compose(text: str) -> Clues:
    """Images, and URLs that are given to a service; a value of it is never shown whole."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("#"):
            continue
        if image := IMAGE.match(line):
            repository = image[1].partition("@")[0]
            name = repository.rpartition("/")[2].partition(":")[0]
            vendor = repository.rpartition("/")[0].rpartition("/")[2]
            yield Clue(
                "image", "supabase" if vendor == "supabase" else name, image[0].strip(), number
            )
        elif found := URL.search(line):
            key = re.match(r"\s*-?\s*[\"']?(\w+)", line)
            said = f"{key[1]}: {masked(found[0])}" if key else masked(found[0])
            yield _url("url", found, said, number)


def alembic_ini(text: str) -> Clues:
    for _, key, value, line in ini_entries(text):
        if key == "sqlalchemy.url":
            yield engine(value, f"{key} = {value}", line)


def answers(text: str) -> Clues:
    """What backendgen recorded when it made the project."""
    for number, line in enumerate(text.split("\n"), 1):
        key, _, value = line.partition(": ")
        if key in ("framework", "database"):
            name = value.strip().strip("\"'")
            yield Clue("answer", name, f"{key}: {name}", number)


def hooks(text: str) -> Clues:
    """Of pre-commit."""
    for number, line in enumerate(text.split("\n"), 1):
        if hook := HOOK.match(line):
            yield Clue("hook", hook[1], f"id: {hook[1]}", number)
