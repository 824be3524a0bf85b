"""Makes an administrator; run by `make admin EMAIL=… PASSWORD=…`."""

import os
from typing import Any

from django.core.management import BaseCommand, CommandError
from rest_framework.exceptions import ValidationError

from app.core.access import ANONYMOUS
from app.core.problems import field_errors
from app.users.models import Role, User
from app.users.serializers import RegistrationSerializer
from app.users.services import UserService


class Command(BaseCommand):
    help = "Makes an administrator of EMAIL and PASSWORD, which are read from the environment."

    def handle(self, *_args: Any, **_options: Any) -> None:
        email, password = os.environ.get("EMAIL"), os.environ.get("PASSWORD")
        if not email or not password:
            raise CommandError("Write: make admin EMAIL=you@example.com PASSWORD=…")
        self.stdout.write(make_admin(email, password))


def make_admin(email: str, password: str) -> str:
    """Whoever has an account is promoted and keeps the password."""
    user = User.objects.filter(email=email.lower()).first()
    if user is not None:
        user.role = Role.ADMIN
        user.save()
        return f"{user.email} is an administrator now; the password is as it was"
    try:
        values = RegistrationSerializer.read({"email": email, "password": password})
    except ValidationError as error:
        wrong = [f"  {each.field}: {each.message}" for each in field_errors(error)]
        raise CommandError(
            "\n".join(["No account can be made (register it first, then):", *wrong])
        ) from None
    user = UserService(ANONYMOUS).register(values, role=Role.ADMIN)
    return f"{user.email} is an administrator"
