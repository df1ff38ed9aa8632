"""Every address of the site; each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("config.api")),
    path("", include("desk.urls")),
    path("", include("firm.urls")),
    path("", include("accounts.urls")),
    path("", include("customers.urls")),
    path("", include("secrets_manual.urls")),
    path("", include("report_cards.urls")),
    path("", include("compensation.urls")),
    path("", include("recovery.urls")),
]
