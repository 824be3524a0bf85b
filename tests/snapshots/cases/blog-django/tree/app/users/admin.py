from django.contrib import admin
from django.contrib.auth.models import Group

from app.core.admin import ResourceAdmin
from app.users.models import User

admin.site.unregister(Group)  # the roles of users say what they may do


@admin.register(User)
class UserAdmin(ResourceAdmin):
    """Whoever needs an account registers it: here it is promoted, or disabled."""

    list_display = ("email", "role", "is_active", "created_at")
    list_filter = ("role", "is_active")
    search_fields = ("email",)
    private = ("password",)

    def has_add_permission(self, _request: object) -> bool:
        return False
