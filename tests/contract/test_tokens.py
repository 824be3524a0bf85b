"""Access tokens: what is in them, and what no one can forge."""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.contract.cases import with_users
from tests.contract.problems import done, refused
from tests.contract.tokens import Claims, decode, encode, parts, sign
from tests.contract.world import AUTH, World

pytestmark = with_users


@pytest.fixture
def token(world: World) -> str:
    return str(world.login(world.user.email)["access_token"])


def is_refused(world: World, token: str) -> None:
    answer = world.with_token(token).get(f"{AUTH}/me")
    refused(answer, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer"), answer


def test_the_claims(world: World, token: str) -> None:
    header, claims = parts(token)
    assert header["alg"] == "HS256"
    assert set(claims) == {"sub", "iat", "exp", "jti", "iss", "aud"}
    assert claims["sub"] == world.user.id
    assert claims["exp"] - claims["iat"] == 900
    assert abs(claims["iat"] - time.time()) < 60
    assert claims["iss"]
    assert claims["aud"]
    assert claims["jti"] != parts(world.login(world.user.email)["access_token"])[1]["jti"]


def test_without_a_signature(world: World, token: str) -> None:
    header, claims = (part for part in token.split(".")[:2])
    for name in ("none", "None", "NONE", ""):
        unsigned = encode(json.dumps({"alg": name, "typ": "JWT"}).encode())
        is_refused(world, f"{unsigned}.{claims}.")
        is_refused(world, f"{unsigned}.{claims}.{token.split('.')[2]}")
    is_refused(world, f"{header}.{claims}.")
    is_refused(world, f"{header}.{claims}")


def test_with_another_key(world: World, token: str) -> None:
    header, claims = parts(token)
    for key in (b"", b"secret", b"\0" * 32, hashlib.sha256(b"x").digest()):
        is_refused(world, sign(header, claims, key, "sha256"))


def test_changed_in_any_part(world: World, token: str) -> None:
    header, claims, signature = token.split(".")
    changed = {**decode(claims), "sub": world.other.id}
    is_refused(world, f"{header}.{encode(json.dumps(changed).encode())}.{signature}")
    later = {**decode(claims), "exp": 2**31}
    is_refused(world, f"{header}.{encode(json.dumps(later).encode())}.{signature}")
    flipped = ("A" if signature[5] != "A" else "B").join((signature[:5], signature[6:]))
    is_refused(world, f"{header}.{claims}.{flipped}")
    is_refused(world, f"{header}.{claims}.{signature[:-4]}")
    is_refused(world, token + "x")
    is_refused(world, token + ".x")


def test_the_scheme_is_bearer_in_any_case(world: World, token: str) -> None:
    for scheme in ("Bearer", "bearer", "BEARER"):
        headers = {"Authorization": f"{scheme} {token}"}
        done(world.anonymous.get(f"{AUTH}/me", headers=headers))
    for scheme in ("Basic", "Token", "Bearer:"):
        headers = {"Authorization": f"{scheme} {token}"}
        refused(world.anonymous.get(f"{AUTH}/me", headers=headers), 401)


def test_a_token_in_the_query_is_none(world: World, token: str) -> None:
    answer = world.anonymous.get(f"{AUTH}/me", params={"access_token": token})
    refused(answer, 401)


def without(name: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


def changed(**changes: Any) -> Callable[[Claims], Claims]:
    return lambda claims: {**claims, **changes}


FORGERIES: Mapping[str, Callable[[Claims], Claims]] = {
    "expired": changed(iat=int(time.time()) - 2000, exp=int(time.time()) - 1000),
    "expired long ago": changed(iat=1, exp=2),
    "of the future": changed(iat=2**33, exp=2**33 + 900),
    "without exp": without("exp"),
    "without sub": without("sub"),
    "without iss": without("iss"),
    "without aud": without("aud"),
    "of another issuer": changed(iss="somebody-else"),
    "for another audience": changed(aud="somebody-else"),
    "of an unknown user": changed(sub=str(uuid.uuid4())),
    "of no uuid": changed(sub="admin"),
    "of a number": changed(sub=1),
    "of nobody": changed(sub=None),
    "of a list": changed(sub=["x"]),
    "with exp as text": changed(exp="tomorrow"),
}


@pytest.mark.secret
@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_rightly_signed_but_wrong(
    world: World, token: str, forge: Callable[[Claims], Claims]
) -> None:
    header, claims = parts(token)
    is_refused(world, sign(header, forge(claims), secret(world), "sha256"))


@pytest.mark.secret
def test_a_token_of_huge_numbers(world: World, token: str) -> None:
    header, claims = parts(token)
    for name in ("exp", "iat"):
        forged = sign(header, {**claims, name: 10**400}, secret(world), "sha256")
        assert world.with_token(forged).get(f"{AUTH}/me").status < 500


@pytest.mark.secret
def test_the_algorithm_is_pinned(world: World, token: str) -> None:
    header, claims = parts(token)
    done(world.with_token(sign(header, claims, secret(world), "sha256")).get(f"{AUTH}/me"))
    for name, digest in (("HS384", "sha384"), ("HS512", "sha512")):
        is_refused(world, sign({**header, "alg": name}, claims, secret(world), digest))


@pytest.mark.secret
def test_a_role_in_the_token_counts_nothing(world: World, token: str) -> None:
    header, claims = parts(token)
    forged = sign(header, {**claims, "role": "admin"}, secret(world), "sha256")
    answer = world.with_token(forged).get(f"{AUTH}/me")
    if answer.status != 401:
        assert done(answer)["role"] == "user"


def secret(world: World) -> bytes:
    return str(world.options.secret_key).encode()
