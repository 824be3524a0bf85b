from django.db import models

from app.core.access import Access
from app.core.columns import ExactTextField
from app.core.models import Owned, Timestamps, UuidKey


class Comment(UuidKey, Owned, Timestamps):
    ACCESS = Access(
        list="public",
        read="public",
        create="authenticated",
        update="owner",
        delete="owner",
    )

    body = ExactTextField()
    post = models.ForeignKey(
        "posts.Post",
        on_delete=models.CASCADE,
        related_name="comments_by_post",
        db_index=False,
    )
    reply_to = models.ForeignKey(
        "comments.Comment",
        on_delete=models.CASCADE,
        related_name="comments_by_reply_to",
        db_index=False,
        null=True,
        blank=True,
    )

    class Meta:
        db_table = "comments"
        verbose_name_plural = "comments"
        indexes = [
            models.Index(fields=["owner"], name="ix_comments_owner_id"),
            models.Index(fields=["post"], name="ix_comments_post_id"),
            models.Index(fields=["reply_to"], name="ix_comments_reply_to_id"),
            models.Index(fields=["-created_at", "id"], name="ix_comments_created_at_id"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
