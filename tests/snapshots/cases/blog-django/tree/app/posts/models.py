from django.db import models

from app.core.access import Access
from app.core.columns import ExactCharField, ExactTextField, SlugField
from app.core.models import Owned, Timestamps, UuidKey


class PostStatus(models.TextChoices):
    DRAFT = "draft"
    PUBLISHED = "published"


class Post(UuidKey, Owned, Timestamps):
    ACCESS = Access(
        list="public",
        read="public",
        create="authenticated",
        update="owner",
        delete="owner",
    )
    MANY = {"tags": "tag_ids"}

    title = ExactCharField(max_length=200)
    slug = SlugField(max_length=255)
    body = ExactTextField()
    status = ExactCharField(max_length=40, choices=PostStatus, default=PostStatus.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    tags = models.ManyToManyField(
        "tags.Tag",
        db_table="posts_tags",
        related_name="posts_by_tags",
        blank=True,
    )

    class Meta:
        db_table = "posts"
        verbose_name_plural = "posts"
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="uq_posts_slug"),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "published"]),
                name="ck_posts_status",
            ),
        ]
        indexes = [
            models.Index(fields=["owner"], name="ix_posts_owner_id"),
            models.Index(fields=["title"], name="ix_posts_title"),
            models.Index(fields=["-created_at", "id"], name="ix_posts_created_at_id"),
            models.Index(fields=["status", "published_at"], name="ix_posts_status_published_at"),
        ]

    def __str__(self) -> str:
        return self.title
