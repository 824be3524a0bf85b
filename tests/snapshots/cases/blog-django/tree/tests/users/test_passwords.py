from django.contrib.auth.hashers import Argon2PasswordHasher

# As they are in production, before conftest.py makes them cheap.
COSTS = Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost


def test_hashes_are_costly() -> None:
    time_cost, memory_cost = COSTS
    assert time_cost >= 2
    assert memory_cost >= 19_456


def test_no_hash_is_like_another() -> None:
    first, second = (
        Argon2PasswordHasher().encode("a password", salt) for salt in ("a" * 16, "b" * 16)
    )
    assert first != second
    assert first.startswith("argon2$argon2id$")
