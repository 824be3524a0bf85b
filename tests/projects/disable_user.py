"""Disables a user in the database itself: python -m tests.projects.disable_user URL EMAIL."""

import sys

from sqlalchemy import create_engine, make_url, text

from tests.servers import DRIVERS


def main(address: str, email: str) -> None:
    url = make_url(address)
    backend = url.get_backend_name()
    engine = create_engine(url.set(drivername=DRIVERS.get(backend, backend)))
    with engine.begin() as connection:
        statement = text("UPDATE users SET is_active = :active WHERE email = :email")
        done = connection.execute(statement, {"active": False, "email": email})
    if done.rowcount != 1:
        sys.exit(f"there is no user {email}")


if __name__ == "__main__":
    main(*sys.argv[1:])
