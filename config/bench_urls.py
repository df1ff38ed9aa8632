"""The site's addresses and, for ``manage.py bench`` alone, the bare floor view of each operation."""

from django.urls import path

from config.urls import urlpatterns as site
from desk.bench import floor

urlpatterns = [*site, path("bench/floor/<int:number>/", floor, name="bench_floor")]
