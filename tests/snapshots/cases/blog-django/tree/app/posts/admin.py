from django.contrib import admin

from app.core.admin import ResourceAdmin
from app.posts.models import Post


@admin.register(Post)
class PostAdmin(ResourceAdmin):
    list_display = ("title", "slug", "status", "published_at", "created_at")
    list_filter = ("status",)
    search_fields = ("title", "body")
    raw_id_fields = ("tags",)
