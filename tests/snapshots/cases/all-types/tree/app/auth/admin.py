"""Makes an administrator; run by `make admin EMAIL=… PASSWORD=…`."""

import asyncio
import os
import sys

from pydantic import ValidationError
from sqlalchemy import select

from app.auth.service import AuthService
from app.config import Settings, get_settings
from app.core.database import open_database
from app.users.model import Role, User
from app.users.repository import UserRepository
from app.users.schema import Registration


def main() -> None:
    email, password = os.environ.get("EMAIL"), os.environ.get("PASSWORD")
    if not email or not password:
        sys.exit("Write: make admin EMAIL=you@example.com PASSWORD=…")
    try:
        done = asyncio.run(make_admin(get_settings(), email, password))
    except ValidationError as error:
        wrong = [f"  {problem['loc'][0]}: {problem['msg']}" for problem in error.errors()]
        sys.exit("\n".join(["No account can be made (register it first, then):", *wrong]))
    sys.stdout.write(f"{done}\n")


async def make_admin(settings: Settings, email: str, password: str) -> str:
    """Whoever has an account is promoted and keeps the password."""
    database = open_database(settings)
    try:
        async with database.writing() as session:
            user = await session.scalar(select(User).where(User.email == email.lower()))
            if user is not None:
                user.role = Role.ADMIN
                await session.commit()
                return f"{user.email} is an administrator now; the password is as it was"
            await session.rollback()
            data = Registration.model_validate({"email": email, "password": password})
            accounts = AuthService(UserRepository(session), settings)
            user = await accounts.register(data, role=Role.ADMIN)
            return f"{user.email} is an administrator"
    finally:
        await database.engine.dispose()


if __name__ == "__main__":
    main()
