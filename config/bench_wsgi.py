"""The server ``manage.py bench`` measures: the site plus its floor views. Never deployed."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = "config.bench_urls"
application = get_wsgi_application()
