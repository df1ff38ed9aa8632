"""Addresses of this app."""

from django.urls import path

from firm import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("setup/", views.setup, name="setup"),
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/read/", views.read_notifications, name="read_notifications"),
    path("notifications/<int:pk>/", views.open_notification, name="open_notification"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<int:pk>/", views.caught_mail, name="caught_mail"),
]
