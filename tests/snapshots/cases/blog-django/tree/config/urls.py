"""Every path of the service; those of a resource are in its own package."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from app.core.operations import Docs, Healthz, Metrics, OpenApi, Readyz
from config.resources import RESOURCES

API = "api/v1/"

urlpatterns = [
    path("healthz", Healthz.as_view()),
    path("readyz", Readyz.as_view()),
    path("metrics", Metrics.as_view()),
    path("openapi.json", OpenApi.as_view()),
    *([path("docs", Docs.as_view())] if settings.DOCS_ENABLED else []),
    path("admin/", admin.site.urls),
    path(API, include("app.users.urls")),
    *(path(API, include(f"{resource}.urls")) for resource in RESOURCES),
]

handler400 = "app.core.problems.bad_request"
handler403 = "app.core.problems.forbidden"
handler404 = "app.core.problems.not_found"
handler500 = "app.core.problems.server_error"
