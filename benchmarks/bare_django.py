"""The posts of examples/blog.yaml in one file, as a good developer writes them by hand with Django REST framework.

Validation, keyset paging, prefetching and one transaction per write; no log, no metrics, no authentication,
no rate limit. It serves the database that the generated project has migrated.
"""

import os
import sys
import uuid
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings

URL = urlsplit(os.environ["DATABASE_URL"])
OWNER = uuid.UUID(os.environ["OWNER_ID"])
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": URL.path[1:],
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
    },
}
POSTGRESQL = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": URL.path[1:],
    "USER": URL.username or "",
    "PASSWORD": URL.password or "",
    "HOST": URL.hostname or "",
    "PORT": str(URL.port or ""),
    "OPTIONS": {"pool": {"min_size": 0, "max_size": 10}},
}


class Bare(AppConfig):
    """This file alone."""

    name = label = "bare"
    path = os.path.dirname(__file__)


settings.configure(
    SECRET_KEY="of a benchmark",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["rest_framework", Bare("bare", sys.modules[__name__])],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    APPEND_SLASH=False,
    DATABASES={"default": SQLITE if URL.scheme == "sqlite" else POSTGRESQL},
    USE_TZ=True,
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "UNAUTHENTICATED_USER": None,
    },
)

import django

django.setup()

from django.core.validators import RegexValidator
from django.core.wsgi import get_wsgi_application
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework import generics, pagination, serializers


class Tag(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=40, unique=True)

    class Meta:
        app_label = "bare"
        db_table = "tags"


class Post(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner_id = models.UUIDField(default=OWNER)
    title = models.CharField(max_length=200)
    slug = models.CharField(
        max_length=255, unique=True, validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    )
    body = models.TextField()
    status = models.CharField(max_length=40, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    tags = models.ManyToManyField(Tag, db_table="posts_tags")

    class Meta:
        app_label = "bare"
        db_table = "posts"


class PostSerializer(serializers.ModelSerializer):
    tag_ids = serializers.PrimaryKeyRelatedField(
        source="tags", many=True, queryset=Tag.objects.only("id"), required=False
    )

    class Meta:
        model = Post
        fields = (
            *("id", "owner_id", "title", "slug", "body", "status", "published_at"),
            *("tag_ids", "created_at", "updated_at"),
        )
        read_only_fields = ("id", "owner_id", "created_at", "updated_at")


class Newest(pagination.CursorPagination):
    page_size = 20
    page_size_query_param = "limit"
    max_page_size = 100
    ordering = ("-created_at", "id")


class Posts(generics.ListCreateAPIView):
    serializer_class = PostSerializer
    pagination_class = Newest
    queryset = Post.objects.prefetch_related(
        models.Prefetch("tags", queryset=Tag.objects.only("id"))
    )

    @transaction.atomic
    def perform_create(self, serializer: Any) -> None:
        serializer.save()


def readyz(_request: HttpRequest) -> HttpResponse:
    """For whoever waits until it serves."""
    return HttpResponse()


urlpatterns = [path("readyz", readyz), path("api/v1/posts", Posts.as_view())]
application = get_wsgi_application()
