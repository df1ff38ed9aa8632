"""Addresses of this app."""

from django.urls import path

from desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("today/bonus/", views.home_bonus, name="home_bonus"),
    path("search/", views.search, name="search"),
    path("theme/", views.theme, name="theme"),
    path("demo/become/<int:pk>/", views.become, name="become"),
    path("people/<int:pk>/deactivate/", views.deactivate_person, name="deactivate_person"),
    path("customers/", views.customers, name="customers"),
    path("customers/export.csv", views.export_customers, name="export_customers"),
    path("customers/tag/", views.tag_customers, name="tag_customers"),
    path("customers/untag/", views.untag_customers, name="untag_customers"),
    path("customers/hand-over/", views.hand_over_customers, name="hand_over_customers"),
    path("customers/changes/<int:pk>/", views.bulk_change, name="bulk_change"),
    path("customers/changes/<int:pk>/undo/", views.undo_bulk_change, name="undo_bulk_change"),
    path("imports/<int:pk>/undo/", views.undo_import, name="undo_import"),
    path("exports/", views.exports, name="exports"),
    path("customers/duplicates/", views.duplicates, name="duplicates"),
    path("customers/<int:pk>/merge/", views.merge_customers, name="merge_customers"),
    path("customers/<int:pk>/different/", views.say_different, name="say_different"),
    path("merges/<int:pk>/", views.merge, name="merge"),
    path("merges/<int:pk>/approve/", views.approve_merge, name="approve_merge"),
    path("merges/<int:pk>/refuse/", views.refuse_merge, name="refuse_merge"),
    path("merges/<int:pk>/undo/", views.undo_merge, name="undo_merge"),
    path("privacy/<int:pk>/", views.privacy_request, name="privacy_request"),
    path("privacy/<int:pk>/answer.pdf", views.privacy_answer, name="privacy_answer"),
    path("privacy/<int:pk>/answer.json", views.privacy_answer_json, name="privacy_answer_json"),
    path("privacy/<int:pk>/ask/", views.ask_erasure, name="ask_erasure"),
    path("privacy/<int:pk>/approve/", views.approve_erasure, name="approve_erasure"),
    path("privacy/<int:pk>/refuse/", views.refuse_erasure, name="refuse_erasure"),
    path("customers/book/hand-over/", views.hand_over_book, name="hand_over_book"),
    path("customers/<int:pk>/", views.customer, name="customer"),
    path("customers/<int:pk>/rest/", views.customer_rest, name="customer_rest"),
    path("customers/<int:pk>/timeline/", views.timeline, name="timeline"),
]
