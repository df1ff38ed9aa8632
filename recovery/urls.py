"""Addresses of this app."""

from django.urls import path

from recovery import views

urlpatterns = [
    path("oops/", views.cases, name="cases"),
    path("oops/open/", views.open_case, name="open_case"),
    path("oops/<int:pk>/", views.case, name="case"),
    path("oops/<int:pk>/apology/", views.apology, name="apology"),
    path("oops/<int:pk>/keep-drafts/", views.keep_drafts, name="keep_drafts"),
    path("oops/<int:pk>/acknowledge/", views.acknowledge_case, name="acknowledge_case"),
    path("oops/<int:pk>/fix/", views.fix_case, name="fix_case"),
    path("oops/<int:pk>/surprise/", views.surprise_case, name="surprise_case"),
    path("oops/<int:pk>/apologise/", views.apologise_case, name="apologise_case"),
    path("oops/<int:pk>/<slug:kind>/due/", views.change_due, name="change_due"),
    path("oops/<int:pk>/<slug:kind>/untick/", views.untick_milestone, name="untick_milestone"),
    path("oops/<int:pk>/close/", views.close_case, name="close_case"),
    path("oops/<int:pk>/reopen/", views.reopen_case, name="reopen_case"),
    path("oops/<int:pk>/hand-over/", views.hand_over_case, name="hand_over_case"),
    path("oops/<int:pk>/check-back/", views.check_back, name="check_back"),
]
