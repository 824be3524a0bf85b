from django.contrib import admin

from app.comments.models import Comment
from app.core.admin import ResourceAdmin


@admin.register(Comment)
class CommentAdmin(ResourceAdmin):
    list_display = ("post", "reply_to", "created_at")
    raw_id_fields = ("post", "reply_to")
