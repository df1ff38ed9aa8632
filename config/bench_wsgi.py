"""The server ``manage.py bench`` measures: the site as it is deployed, plus its floor views. Never deployed."""

from django.conf import settings

from config.wsgi import application

# Read at the first request, not before.
settings.ROOT_URLCONF = "config.bench_urls"

__all__ = ["application"]
