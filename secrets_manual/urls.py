"""Addresses of this app."""

from django.urls import path

from secrets_manual import views

urlpatterns = [
    path("secrets/", views.secrets, name="secrets"),
    path("secrets/log/", views.log_secret, name="log_secret"),
    path("secrets/reads/", views.reads, name="reads"),
    path("secrets/<int:pk>/", views.secret, name="secret"),
    path("secrets/<int:pk>/change/", views.change_secret, name="change_secret"),
    path("secrets/<int:pk>/confirm/", views.confirm_secret, name="confirm_secret"),
    path("secrets/<int:pk>/remove/", views.remove_secret, name="remove_secret"),
    path("secrets/<int:pk>/restore/", views.restore_secret, name="restore_secret"),
    path("customers/<int:pk>/ask/", views.ask_confidential, name="ask_confidential"),
    path("customers/<int:pk>/consent/", views.record_consent, name="record_consent"),
]
