"""Django's PostgreSQL backend for version 18 and up, which it need not ask the server about.

With it ``manage.py check`` and ``statement`` run without a database, generated columns or not.
"""

from django.db.backends.postgresql import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    minimum_database_version = (18,)
    is_postgresql_16 = True
    is_postgresql_17 = True
    is_postgresql_18 = True


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
