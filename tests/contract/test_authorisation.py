"""Authorisation: every resource, action and kind of person, and who sees what."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from tests.contract.cases import each, fields, resources, rules, with_users
from tests.contract.client import Answer, Api
from tests.contract.domain import ACTIONS, Field, Resource, Service
from tests.contract.problems import done, refused
from tests.contract.world import Row, World, any_version, ids

pytestmark = with_users

PEOPLE = ("anonymous", "owner", "another user", "admin")
SUCCESS = {"list": 200, "read": 200, "create": 201, "update": 200, "delete": 204}


class Case(NamedTuple):
    resource: Resource
    action: str
    person: str

    def __str__(self) -> str:
        rule = self.resource.access[self.action]
        return f"{self.resource}: {self.person} may {self.action} ({rule})"


def matrix(service: Service) -> list[Case]:
    return [Case(r, action, who) for r in service.resources for action in ACTIONS for who in PEOPLE]


def makes(resource: Resource) -> bool:
    """Whether a plain user can make a row, so that it is theirs."""
    return resource.access["create"] != "admin"


def permits(resource: Resource, action: str, person: str) -> bool:
    rule = resource.access[action]
    if person == "admin" or rule == "public":
        return True
    if person == "anonymous" or rule == "admin":
        return False
    if rule == "owner" and action not in ("create", "list"):
        return person == "owner" and makes(resource)
    return True


def expected(case: Case) -> int:
    """The status that this person gets."""
    resource, action, person = case
    if permits(resource, action, person):
        return SUCCESS[action]
    if person == "anonymous":
        return 401
    if action in ("list", "create") or permits(resource, "read", person):
        return 403
    return 404


def api_of(world: World, person: str) -> Api:
    if person == "anonymous":
        return world.anonymous
    people = {"owner": "user", "another user": "other", "admin": "admin"}
    api: Api = getattr(world, people[person]).api
    return api


def row_of_the_user(world: World, resource: Resource) -> Row:
    return world.create(resource, by=world.user.api if makes(resource) else None)


def ask(world: World, case: Case) -> Answer:
    resource, action, person = case
    api = api_of(world, person)
    if action == "list":
        return api.get(resource.path)
    if action == "create":
        by = api if permits(resource, "create", person) and person != "anonymous" else None
        return api.post(resource.path, world.body(resource, by=by))
    row = row_of_the_user(world, resource)
    match = any_version(resource)
    if action == "update":
        return api.patch(resource.item(row["id"]), {}, headers=match)
    if action == "delete":
        return api.delete(resource.item(row["id"]), headers=match)
    return api.get(resource.item(row["id"]))


@each("case", matrix)
def test_who_may_do_what(world: World, case: Case) -> None:
    answer = ask(world, case)
    status = expected(case)
    if status < 400:
        done(answer, status)
    else:
        refused(answer, status)
    if status == 401:
        assert answer.headers["www-authenticate"].startswith("Bearer")


@each("resource", resources(lambda r: r.access["update"] in ("owner", "admin")))
def test_what_was_refused_was_not_done(world: World, resource: Resource) -> None:
    row = row_of_the_user(world, resource)
    match = any_version(resource)
    body = {f.key: world.value(f, resource) for f in resource.writable if f.required}
    for api in (world.anonymous, world.other.api):
        assert api.patch(resource.item(row["id"]), body, headers=match).status in (401, 403, 404)
        if resource.access["delete"] in ("owner", "admin"):
            assert api.delete(resource.item(row["id"]), headers=match).status in (401, 403, 404)
    assert done(world.admin.api.get(resource.item(row["id"]))) == row


@each("case", rules())
def test_401_comes_before_everything(world: World, case: tuple[Resource, str]) -> None:
    resource, action = case
    if resource.access[action] == "public":
        return
    nobody, item = world.anonymous, resource.item("abc")
    unknown = resource.item(uuid.uuid4())
    answers = {
        "list": [nobody.get(resource.path, params={"nope": "1"})],
        "create": [nobody.post(resource.path, {"nope": 1})],
        "read": [nobody.get(item), nobody.get(unknown)],
        "update": [nobody.patch(item, {"nope": 1}), nobody.patch(unknown, {})],
        "delete": [nobody.delete(item), nobody.delete(unknown)],
    }
    for answer in answers[action]:
        refused(answer, 401)


@each("case", rules())
def test_a_bad_token_is_401_even_where_nobody_is_asked(
    world: World, case: tuple[Resource, str]
) -> None:
    resource, action = case
    api, item = world.with_token("a.b.c"), resource.item(world.shared(resource)["id"])
    match = any_version(resource)
    answers = {
        "list": lambda: api.get(resource.path),
        "create": lambda: api.post(resource.path, world.body(resource)),
        "read": lambda: api.get(item),
        "update": lambda: api.patch(item, {}, headers=match),
        "delete": lambda: api.delete(item, headers=match),
    }
    refused(answers[action](), 401)


owned = each("resource", resources(lambda r: r.owned and makes(r)))


@owned
def test_the_owner_is_who_made_it(world: World, resource: Resource) -> None:
    mine = world.create(resource, by=world.user.api)
    assert mine["owner_id"] == world.user.id
    theirs = world.create(resource, by=world.other.api)
    assert theirs["owner_id"] == world.other.id
    if permits(resource, "update", "owner"):
        patched = done(world.patch(resource, mine, {}, world.admin.api))
        assert patched["owner_id"] == world.user.id


@each("resource", resources(lambda r: r.owned and r.access["list"] == "owner" and makes(r)))
def test_a_list_of_ones_own(world: World, resource: Resource) -> None:
    mine = world.create(resource, by=world.user.api)
    theirs = world.create(resource, by=world.other.api)
    params = {"id__in": f"{mine['id']},{theirs['id']}", "include_total": "true"}
    everyone = {world.user.api.token: [mine], world.other.api.token: [theirs]}
    for token, wanted in everyone.items():
        page = done(world.with_token(str(token)).get(resource.path, params=params))
        assert (page["items"], page["total"]) == (wanted, 1)
        plain = done(world.with_token(str(token)).get(resource.path))
        assert {row["owner_id"] for row in plain["items"]} == {wanted[0]["owner_id"]}
    both = done(world.admin.api.get(resource.path, params=params))
    assert (both["total"], set(ids(both["items"]))) == (2, {mine["id"], theirs["id"]})
    asked = {"owner_id": world.other.id}
    assert done(world.user.api.get(resource.path, params=asked))["items"] == []


@each("resource", resources(lambda r: r.owned and r.access["list"] in ("public", "authenticated")))
def test_a_list_of_everyones(world: World, resource: Resource) -> None:
    rows = [row_of_the_user(world, resource), world.create(resource)]
    api = world.anonymous if resource.access["list"] == "public" else world.other.api
    params = {"id__in": ",".join(str(one) for one in ids(rows))}
    assert set(ids(done(api.get(resource.path, params=params))["items"])) == set(ids(rows))


def hidden_targets(field: Field, service: Service) -> bool:
    """Whether the field refers to what others may not read, from where they may write."""
    if field.type not in ("ref", "many") or field.target == "User" or not field.writable:
        return False
    target = service.resource(str(field.target))
    return (
        target.access["read"] == "owner"
        and makes(target)
        and makes(service.resource(field.resource))
    )


@each("field", lambda s: [f for f in fields()(s) if hidden_targets(f, s)])  # type: ignore[arg-type]
def test_a_reference_to_what_one_may_not_read(world: World, field: Field) -> None:
    resource = world.service.resource(field.resource)
    target = world.service.resource(str(field.target))
    theirs = world.create(target, by=world.other.api)["id"]
    value = [theirs] if field.type == "many" else theirs
    body = world.body(resource, {field.key: value}, by=world.user.api)
    at = f"{field.key}.0" if field.type == "many" else field.key
    refused(world.user.api.post(resource.path, body), 422, f"body.{at} reference")
    done(world.admin.api.post(resource.path, body), 201)
