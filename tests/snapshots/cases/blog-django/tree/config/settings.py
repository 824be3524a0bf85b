"""Django's settings; what differs from place to place comes from the environment."""

from datetime import timedelta

import django_stubs_ext

from app.core.logging import configuration
from config.databases import database
from config.environment import get_environment
from config.resources import RESOURCES

django_stubs_ext.monkeypatch()

ENVIRONMENT = get_environment()

TITLE = "Blog"
DEBUG = False  # an error is a problem document in development too, and never a page
SECRET_KEY = ENVIRONMENT.secret_key.get_secret_value()
ALLOWED_HOSTS = ["*"]  # nothing is made of the Host header
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "corsheaders",
    *(["drf_spectacular_sidecar"] if ENVIRONMENT.shows_docs else []),
    "rest_framework",
    "app.core",
    "app.users",
    *RESOURCES,
]

# The outermost first.
MIDDLEWARE = [
    "app.core.middleware.Forwarded",
    "app.core.middleware.RequestRecord",
    "app.core.middleware.ContentSecurity",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "app.core.middleware.BodyLimit",
    "app.core.middleware.DatabasePlaces",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "app.users.middleware.Identify",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database(ENVIRONMENT)}
DB_POOL_SIZE = ENVIRONMENT.db_pool_size
DB_TIMEOUT_SECONDS = ENVIRONMENT.db_timeout_seconds
# Longer names than the 30 characters of Oracle are well known to the databases that this runs on.
# TLS ends before this service, so that it redirects nobody; and preloading is the domain owner's to ask for.
SILENCED_SYSTEM_CHECKS = ["models.E034", "security.W008", "security.W021"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = None
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # files of packages are served as they were installed

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["app.users.backends.EmailBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
ACCESS_TOKEN_LIFE = timedelta(minutes=15)
REFRESH_TOKEN_LIFE = timedelta(days=30)

# The admin site: a session of its own, on cookies that only TLS carries outside of development.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.app_env == "production"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["app.users.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [],  # services ask app/core/access.py
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "app.core.problems.exception_handler",
    "UNAUTHENTICATED_USER": "app.core.access.Actor",
}

CORS_ALLOWED_ORIGINS = list(ENVIRONMENT.cors_origins)
CORS_ALLOW_METHODS = ["GET", "POST", "PATCH", "DELETE"]
CORS_ALLOW_HEADERS = ["authorization", "content-type", "if-match", "x-request-id"]
CORS_EXPOSE_HEADERS = ["ETag", "Location", "RateLimit-Reset", "Retry-After", "X-Request-ID"]

DATA_UPLOAD_MAX_MEMORY_SIZE = ENVIRONMENT.max_body_bytes
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
REDIS_URL = ENVIRONMENT.redis_url
RATE_LIMIT_DEFAULT = ENVIRONMENT.rate_limit_default
RATE_LIMIT_AUTH = ENVIRONMENT.rate_limit_auth
DOCS_ENABLED = ENVIRONMENT.shows_docs

# Of pages, by the start of their path; everything else shows nothing.
CONTENT_SECURITY = {
    "/docs": (
        "default-src 'none'; connect-src 'self'; img-src 'self' data:; script-src 'self'; "
        "style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
    ),
    "/admin/": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
}

LOGGING = configuration(ENVIRONMENT.log_level)
