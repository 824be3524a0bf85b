from django.db import models

from app.core.access import Access
from app.core.columns import ExactCharField
from app.core.models import Timestamps, UuidKey


class Tag(UuidKey, Timestamps):
    ACCESS = Access(
        list="public",
        read="public",
        create="admin",
        update="admin",
        delete="admin",
    )

    name = ExactCharField(max_length=40)

    class Meta:
        db_table = "tags"
        verbose_name_plural = "tags"
        constraints = [
            models.UniqueConstraint(fields=["name"], name="uq_tags_name"),
        ]
        indexes = [
            models.Index(fields=["-created_at", "id"], name="ix_tags_created_at_id"),
        ]

    def __str__(self) -> str:
        return self.name
