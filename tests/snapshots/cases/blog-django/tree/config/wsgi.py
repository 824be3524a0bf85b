import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

from app.core.body import MeasuredBody
from app.core.databases import limit_statements

limit_statements(settings.DB_TIMEOUT_SECONDS)
application = MeasuredBody(get_wsgi_application(), settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
