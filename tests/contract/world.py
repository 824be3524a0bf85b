"""The service under test with people in it: who asks, and the rows they make."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

import httpx2

from tests.contract.client import Answer, Api, Journal, Wire
from tests.contract.domain import Field, Resource, Service
from tests.contract.options import Options
from tests.contract.problems import done
from tests.contract.values import Supply, spread

AUTH = "/api/v1/auth"
PASSWORD = "a long enough password"
ROWS = 8
Row = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """A registered user with an access token."""

    email: str
    password: str
    id: str
    api: Api


@dataclass
class World:
    service: Service
    options: Options
    http: httpx2.Client
    journal: Journal
    supply: Supply = field(default_factory=Supply.fresh)
    _shared: dict[str, Row] = field(default_factory=dict)
    _scratch: dict[str, Row] = field(default_factory=dict)
    _samples: dict[str, list[Row]] = field(default_factory=dict)

    # Who asks

    @cached_property
    def anonymous(self) -> Api:
        return Api(self.http, self.journal)

    @cached_property
    def wire(self) -> Wire:
        return Wire(self.options.base_url, self.journal)

    @cached_property
    def user(self) -> Person:
        return self.register()

    @cached_property
    def other(self) -> Person:
        return self.register()

    @cached_property
    def admin(self) -> Person:
        email, password = self._admin_credentials()
        return self.person(email, password)

    def _admin_credentials(self) -> tuple[str, str]:
        options = self.options
        if options.admin_email and options.admin_password:
            return options.admin_email, options.admin_password
        assert options.admin_command, "give --admin-email and --admin-password, or --admin-command"
        email = self.email()
        self.run(options.admin_command, email=email, password=PASSWORD)
        return email, PASSWORD

    def run(self, command: str, **words: str) -> None:
        """Runs a command of the service's own side, with its words quoted for the shell."""
        quoted = {name: shlex.quote(word) for name, word in words.items()}
        subprocess.run(command.format(**quoted), shell=True, check=True, timeout=60)

    def email(self) -> str:
        return f"{self.supply.code()}@example.com"

    def registration(self, **changes: Any) -> Row:
        body = {f.key: self.supply.value(f) for f in self.service.user_fields if f.required}
        return {"email": self.email(), "password": PASSWORD, **body, **changes}

    def new_user(self) -> Row:
        user: Row = done(self.anonymous.post(f"{AUTH}/register", self.registration()), 201)
        return user

    def register(self) -> Person:
        return self.person(self.new_user()["email"], PASSWORD)

    def person(self, email: str, password: str) -> Person:
        api = self.with_token(self.login(email, password)["access_token"])
        me = done(api.get(f"{AUTH}/me"))
        return Person(email, password, me["id"], api)

    def login(self, email: str, password: str = PASSWORD) -> Row:
        answer = self.anonymous.post(f"{AUTH}/login", {"email": email, "password": password})
        tokens: Row = done(answer)
        return tokens

    def with_token(self, token: str) -> Api:
        return Api(self.http, self.journal, token)

    def api(self, resource: Resource) -> Api:
        """Who may do everything with the resource and what it refers to: a user where one can."""
        if not self.service.has_users:
            return self.anonymous
        touched = self._reachable(resource)
        needs_admin = any("admin" in self.service.resource(n).access.values() for n in touched)
        return self.admin.api if needs_admin else self.user.api

    def _reachable(self, resource: Resource) -> set[str]:
        """The resource and all that it refers to, directly or not."""
        found: set[str] = set()
        waiting = {resource.name}
        while waiting:
            name = waiting.pop()
            found.add(name)
            fields = self.service.resource(name).fields
            waiting |= {f.target for f in fields if f.target} - {"User"} - found
        return found

    # What they make

    def body(
        self,
        resource: Resource,
        changes: Row | None = None,
        *,
        full: bool = False,
        by: Api | None = None,
    ) -> Row:
        """A valid body: its required keys, or with `full` all of them; unique ones vary.

        `by` is who will send it, if not the one who may do everything: what the body refers to
        is then theirs, where only the owner of a row may read it.
        """
        changes = changes or {}
        wanted = (f for f in resource.writable if f.required or full)
        body = {f.key: self.value(f, resource, by) for f in wanted if f.key not in changes}
        return {**body, **changes}

    def value(self, field: Field, resource: Resource, by: Api | None = None) -> Any:
        """A valid value for one key of a body."""
        if by and field.target not in (None, "User"):
            return self._target_of(by, field)
        if field.type == "many":
            return [self.target(field, new=new)["id"] for new in (False, True)]
        varied = resource.is_key(field)
        if field.type == "ref":
            return self.target(field, new=varied)["id"]
        return self.supply.value(field) if varied else field.example

    def target(self, field: Field, *, new: bool = False) -> Row:
        """A row that the relation may refer to."""
        if field.target == "User":
            return self.new_user() if new else {"id": self.user.id}
        resource = self.service.resource(str(field.target))
        return self.create(resource) if new else self.shared(resource)

    def _target_of(self, by: Api, field: Field) -> Any:
        """A new row that this one may refer to."""
        target = self.service.resource(str(field.target))
        makes_it = target.access["read"] == "owner" and target.access["create"] != "admin"
        row = self.create(target, by=by if makes_it else None)
        return [row["id"]] if field.type == "many" else row["id"]

    def shared(self, resource: Resource) -> Row:
        """A row that no test changes."""
        if resource.name not in self._shared:
            self._shared[resource.name] = self.create(resource)
        return self._shared[resource.name]

    def scratch(self, resource: Resource) -> Row:
        """A row that is changed all the time."""
        if resource.name not in self._scratch:
            self._scratch[resource.name] = self.create(resource)
        return self._scratch[resource.name]

    def post(self, resource: Resource, body: Any) -> Answer:
        return self.api(resource).post(resource.path, body)

    def create(
        self,
        resource: Resource,
        changes: Row | None = None,
        *,
        full: bool = False,
        by: Api | None = None,
    ) -> Row:
        body = self.body(resource, changes, full=full, by=by)
        row: Row = done((by or self.api(resource)).post(resource.path, body), 201)
        return row

    def patch(self, resource: Resource, row: Row, body: Any, api: Api | None = None) -> Answer:
        asking = api or self.api(resource)
        return asking.patch(resource.item(row["id"]), body, headers=any_version(resource))

    def delete(self, resource: Resource, row: Row, api: Api | None = None) -> Answer:
        asking = api or self.api(resource)
        return asking.delete(resource.item(row["id"]), headers=any_version(resource))

    def get(self, resource: Resource, row: Row) -> Answer:
        return self.api(resource).get(resource.item(row["id"]))

    def rows(self, resource: Resource, /, **params: str) -> list[Row]:
        """One page of the resource's list, as rows."""
        answer = self.api(resource).get(resource.path, params={"limit": "100", **params})
        items: list[Row] = done(answer)["items"]
        return items

    def sample(self, resource: Resource) -> list[Row]:
        """Rows whose values differ, tie and are null: what sorts and filters are tried on."""
        if resource.name not in self._samples:
            columns = {f.key: self._column(f, resource) for f in resource.writable}
            self._samples[resource.name] = [
                self.create(resource, {key: column[at] for key, column in columns.items()})
                for at in range(ROWS)
            ]
        return self._samples[resource.name]

    def _column(self, field: Field, resource: Resource) -> list[Any]:
        """The field's values in the sample; the last row ties with the first where it can."""
        if field.type == "many":
            targets = [self.target(field, new=True)["id"] for _ in range(3)]
            return [targets[: at % 4] for at in range(ROWS)]
        values = self._distinct(field, resource)
        if field.optional:
            values[2] = values[5] = None
        if not resource.is_key(field):
            values[-1] = values[0]
        return values

    def _distinct(self, field: Field, resource: Resource) -> list[Any]:
        if field.type != "ref":
            tricky = not resource.is_key(field)
            return list(islice(spread(field, self.supply, tricky=tricky), ROWS))
        made = ROWS if resource.is_key(field) else 3
        targets = [self.target(field, new=True)["id"] for _ in range(made)]
        return [targets[at % made] for at in range(ROWS)]


def any_version(resource: Resource) -> dict[str, str]:
    return {"If-Match": "*"} if resource.versioned else {}


def ids(rows: Iterable[Row]) -> list[Any]:
    return [row["id"] for row in rows]


def among(rows: Iterable[Row]) -> str:
    """The value of `id__in` that lets a list see these rows only."""
    return ",".join(str(row["id"]) for row in rows)
