"""How the admin site shows a resource."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest


class ResourceAdmin(admin.ModelAdmin[Any]):
    """What the service sets by itself is shown, and a new row belongs to who makes it.

    What is `private` can be written once, and is never shown.
    """

    private: tuple[str, ...] = ()

    list_per_page = 50
    show_full_result_count = False

    def get_exclude(self, _request: HttpRequest, obj: models.Model | None = None) -> Any:
        return () if obj is None else self.private

    def get_readonly_fields(self, _request: HttpRequest, obj: models.Model | None = None) -> Any:
        if obj is None:
            return ()
        fields = self.model._meta.fields
        return tuple(field.name for field in fields if not field.editable)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - the signature is the admin's
        if not change and any(field.name == "owner" for field in obj._meta.fields):
            obj.owner_id = request.user.pk
        super().save_model(request, obj, form, change)
