"""What models have in common: each is a base class that brings its columns."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from app.core.columns import UUIDField
from app.core.ids import uuid7


class UuidKey(models.Model):
    id = UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class IntKey(models.Model):
    id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True


class Owned(models.Model):
    """Belongs to the user who created it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="%(app_label)s_by_owner",
        db_index=False,  # each model has an index with a name of its own
        editable=False,
    )

    class Meta:
        abstract = True


class Timestamps(models.Model):
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        """What was never changed was last changed when it was created."""
        self.updated_at = self.created_at if self._state.adding else timezone.now()
        super().save(**options)


class SoftDeleted(models.Model):
    """Deleting leaves the row, and hides it from every query of the API."""

    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """Counts the changes of a row; a change of an older version than the current one fails."""

    version = models.IntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            self.version += 1
        super().save(**options)
