from django.contrib import admin

from app.core.admin import ResourceAdmin
from app.tags.models import Tag


@admin.register(Tag)
class TagAdmin(ResourceAdmin):
    list_display = ("name", "created_at")
