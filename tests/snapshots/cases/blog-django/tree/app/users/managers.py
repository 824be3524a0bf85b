from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

if TYPE_CHECKING:
    from app.users.models import User


class UserManager(BaseUserManager["User"]):
    """Users by their e-mail address, which has no case."""

    def create_user(self, email: str, password: str, **values: Any) -> "User":
        user = self.model(email=email.lower(), **values)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str, **values: Any) -> "User":
        return self.create_user(email, password, **values, role="admin")

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())
