from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from app.core.columns import ExactCharField, ExactTextField, SlugField, UUIDField
from app.core.ids import uuid7


class Migration(migrations.Migration):
    initial = True
    change = 1  # those of one number are one step of `make rollback`

    dependencies = [
        ("tags", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Post",
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
                ("title", ExactCharField(max_length=200)),
                ("slug", SlugField(max_length=255)),
                ("body", ExactTextField()),
                (
                    "status",
                    ExactCharField(
                        max_length=40,
                        choices=[("draft", "Draft"), ("published", "Published")],
                        default="draft",
                    ),
                ),
                ("published_at", models.DateTimeField(null=True, blank=True)),
                (
                    "tags",
                    models.ManyToManyField(
                        "tags.Tag",
                        db_table="posts_tags",
                        related_name="posts_by_tags",
                        blank=True,
                    ),
                ),
                ("created_at", models.DateTimeField(default=timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(editable=False)),
            ],
            options={
                "db_table": "posts",
                "verbose_name_plural": "posts",
                "constraints": [
                    models.UniqueConstraint(fields=["slug"], name="uq_posts_slug"),
                    models.CheckConstraint(
                        condition=models.Q(status__in=["draft", "published"]),
                        name="ck_posts_status",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["owner"], name="ix_posts_owner_id"),
                    models.Index(fields=["title"], name="ix_posts_title"),
                    models.Index(fields=["-created_at", "id"], name="ix_posts_created_at_id"),
                    models.Index(
                        fields=["status", "published_at"],
                        name="ix_posts_status_published_at",
                    ),
                ],
            },
        ),
    ]
