"""Addresses of this app."""

from django.urls import path

from desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("theme/", views.theme, name="theme"),
    path("demo/become/<int:pk>/", views.become, name="become"),
    path("people/<int:pk>/deactivate/", views.deactivate_person, name="deactivate_person"),
    path("customers/<int:pk>/", views.customer, name="customer"),
]
