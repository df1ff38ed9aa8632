"""Addresses of this app."""

from django.urls import path

from secrets_manual.views import access, capture, search, secrets

urlpatterns = [
    path("secrets/", search.secrets, name="secrets"),
    path("secrets/log/", capture.log_secret, name="log_secret"),
    path("secrets/reads/", access.reads, name="reads"),
    path("secrets/<int:pk>/", secrets.secret, name="secret"),
    path("secrets/<int:pk>/change/", secrets.change_secret, name="change_secret"),
    path("secrets/<int:pk>/confirm/", secrets.confirm_secret, name="confirm_secret"),
    path("secrets/<int:pk>/remove/", secrets.remove_secret, name="remove_secret"),
    path("secrets/<int:pk>/restore/", secrets.restore_secret, name="restore_secret"),
    path("customers/<int:pk>/ask/", access.ask_confidential, name="ask_confidential"),
    path("customers/<int:pk>/consent/", access.record_consent, name="record_consent"),
]
