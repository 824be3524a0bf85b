from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from app.core.columns import ExactTextField, UUIDField
from app.core.ids import uuid7


class Migration(migrations.Migration):
    initial = True
    change = 1  # those of one number are one step of `make rollback`

    dependencies = [
        ("posts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "owner",
                    models.ForeignKey(
                        "users.User",
                        on_delete=models.CASCADE,
                        related_name="%(app_label)s_by_owner",
                        db_index=False,
                        editable=False,
                    ),
                ),
                ("body", ExactTextField()),
                (
                    "post",
                    models.ForeignKey(
                        "posts.Post",
                        on_delete=models.CASCADE,
                        related_name="comments_by_post",
                        db_index=False,
                    ),
                ),
                (
                    "reply_to",
                    models.ForeignKey(
                        "comments.Comment",
                        on_delete=models.CASCADE,
                        related_name="comments_by_reply_to",
                        db_index=False,
                        null=True,
                        blank=True,
                    ),
                ),
                ("created_at", models.DateTimeField(default=timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(editable=False)),
            ],
            options={
                "db_table": "comments",
                "verbose_name_plural": "comments",
                "indexes": [
                    models.Index(fields=["owner"], name="ix_comments_owner_id"),
                    models.Index(fields=["post"], name="ix_comments_post_id"),
                    models.Index(fields=["reply_to"], name="ix_comments_reply_to_id"),
                    models.Index(fields=["-created_at", "id"], name="ix_comments_created_at_id"),
                ],
            },
        ),
    ]
