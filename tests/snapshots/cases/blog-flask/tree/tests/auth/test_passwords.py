from app.auth import security

# As they are in production, before conftest.py makes them cheap.
HASHER, NOBODYS_HASH = security._hasher, security._nobodys_hash  # noqa: SLF001


def test_hashes_are_costly() -> None:
    for password_hash in (HASHER.hash("a password"), NOBODYS_HASH):
        kind, version, costs = password_hash.split("$")[1:4]
        assert (kind, version) == ("argon2id", "v=19")
        cost = dict(part.split("=") for part in costs.split(","))
        assert int(cost["m"]) >= 19_456
        assert int(cost["t"]) >= 2


def test_no_hash_is_like_another() -> None:
    assert HASHER.hash("a password") != HASHER.hash("a password")
