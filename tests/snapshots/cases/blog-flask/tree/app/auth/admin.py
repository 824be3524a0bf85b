"""Makes an administrator; run by `make admin EMAIL=… PASSWORD=…`."""

import os
import sys

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.auth.service import AuthService
from app.config import Settings, get_settings
from app.core.database import make_engine
from app.users.model import Role, User
from app.users.repository import UserRepository
from app.users.schema import Registration


def main() -> None:
    email, password = os.environ.get("EMAIL"), os.environ.get("PASSWORD")
    if not email or not password:
        sys.exit("Write: make admin EMAIL=you@example.com PASSWORD=…")
    try:
        done = make_admin(get_settings(), email, password)
    except ValidationError as error:
        wrong = [f"  {problem['loc'][0]}: {problem['msg']}" for problem in error.errors()]
        sys.exit("\n".join(["No account can be made (register it first, then):", *wrong]))
    sys.stdout.write(f"{done}\n")


def make_admin(settings: Settings, email: str, password: str) -> str:
    """Whoever has an account is promoted and keeps the password."""
    engine = make_engine(settings)
    try:
        with Session(engine, expire_on_commit=False) as session:
            user = session.scalar(select(User).where(User.email == email.lower()))
            if user is not None:
                user.role = Role.ADMIN
                session.commit()
                return f"{user.email} is an administrator now; the password is as it was"
            session.rollback()
            data = Registration.model_validate({"email": email, "password": password})
            accounts = AuthService(UserRepository(session), settings)
            user = accounts.register(data, role=Role.ADMIN)
            return f"{user.email} is an administrator"
    finally:
        engine.dispose()


if __name__ == "__main__":
    main()
