from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils import timezone

from app.core.columns import EmailField, ExactCharField, UUIDField
from app.core.models import Timestamps, UuidKey
from app.users.managers import UserManager


class Role(models.TextChoices):
    USER = "user"
    ADMIN = "admin"


class User(UuidKey, Timestamps, AbstractBaseUser):
    """The role says what a user may do, in the API and in the admin site."""

    USERNAME_FIELD = "email"

    email = EmailField(max_length=254)
    password = models.CharField(max_length=255, db_column="password_hash")
    role = ExactCharField(max_length=40, choices=Role, default=Role.USER)
    is_active = models.BooleanField(default=True)
    last_login = None  # refresh tokens tell

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        db_table = "users"
        constraints = [
            models.UniqueConstraint(fields=["email"], name="uq_users_email"),
            models.CheckConstraint(
                condition=models.Q(role__in=["user", "admin"]), name="ck_users_role"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_staff(self) -> bool:
        return self.role == Role.ADMIN

    @property
    def is_superuser(self) -> bool:
        return self.is_staff

    def has_perm(self, _permission: str, _row: object = None) -> bool:
        return self.is_active and self.is_staff

    def has_module_perms(self, _label: str) -> bool:
        return self.is_active and self.is_staff


class RefreshToken(UuidKey):
    """Good for one use. Each use makes the next of its family, which a login began."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="refresh_tokens", db_index=False
    )
    family_id = UUIDField()
    token_hash = ExactCharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "refresh_tokens"
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="uq_refresh_tokens_token_hash")
        ]
        indexes = [
            models.Index(fields=["user"], name="ix_refresh_tokens_user_id"),
            models.Index(fields=["family_id"], name="ix_refresh_tokens_family_id"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
