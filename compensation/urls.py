"""Addresses of this app."""

from django.urls import path

from compensation import views

urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/add/", views.add_plan, name="add_plan"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/approve/", views.approve_plan, name="approve_plan"),
    path("plans/<int:pk>/members/add/", views.add_member, name="add_member"),
    path("plans/members/<int:pk>/quota/", views.set_quota, name="set_quota"),
    path("bonus/", views.my_bonus, name="my_bonus"),
    path("statements/", views.statements, name="statements"),
    path("statements/check/", views.check_statement, name="check_statement"),
    path("statements/<int:pk>/", views.statement, name="statement"),
    path("statements/<int:pk>/facts/<slug:key>/", views.statement_facts, name="statement_facts"),
    path("statements/<int:pk>/download/", views.download_statement, name="download_statement"),
    path("statements/<int:pk>/pdf/", views.statement_pdf, name="statement_pdf"),
    path("statements/<int:pk>/keep/", views.keep_statement, name="keep_statement"),
    path("statements/kept/<int:pk>/", views.kept_statement, name="kept_statement"),
    path("statements/kept/<int:pk>/facts/<slug:key>/", views.kept_statement_facts, name="kept_statement_facts"),
    path("statements/kept/<int:pk>/pdf/", views.kept_statement_pdf, name="kept_statement_pdf"),
    path("statements/kept/<int:pk>/download/", views.download_kept_statement, name="download_kept_statement"),
]
