from django.conf import settings
DATABASES = {
