from django.db import migrations, models
from django.utils import timezone

from app.core.columns import EmailField, ExactCharField, UUIDField
from app.core.ids import uuid7


class Migration(migrations.Migration):
    initial = True
    change = 1  # those of one number are one step of `make rollback`

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("email", EmailField(max_length=254)),
                ("password", models.CharField(max_length=255, db_column="password_hash")),
                (
                    "role",
                    ExactCharField(
                        max_length=40,
                        choices=[("user", "User"), ("admin", "Admin")],
                        default="user",
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(editable=False)),
            ],
            options={
                "db_table": "users",
                "constraints": [
                    models.UniqueConstraint(fields=["email"], name="uq_users_email"),
                    models.CheckConstraint(
                        condition=models.Q(role__in=["user", "admin"]),
                        name="ck_users_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RefreshToken",
            fields=[
                ("id", UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "user",
                    models.ForeignKey(
                        "users.User",
                        on_delete=models.CASCADE,
                        related_name="refresh_tokens",
                        db_index=False,
                    ),
                ),
                ("family_id", UUIDField()),
                ("token_hash", ExactCharField(max_length=64)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True, blank=True)),
                ("created_at", models.DateTimeField(default=timezone.now, editable=False)),
            ],
            options={
                "db_table": "refresh_tokens",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["token_hash"],
                        name="uq_refresh_tokens_token_hash",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["user"], name="ix_refresh_tokens_user_id"),
                    models.Index(fields=["family_id"], name="ix_refresh_tokens_family_id"),
                ],
            },
        ),
    ]
