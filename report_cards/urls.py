"""Addresses of report cards, rounds, results, and the customer's link."""

from django.urls import path

from report_cards import views

urlpatterns = [
    path("report-cards/", views.report_cards, name="report_cards"),
    path("report-cards/add/", views.add_card, name="add_card"),
    path("report-cards/<int:pk>/", views.report_card, name="report_card"),
    path("report-cards/<int:pk>/change/", views.change_card, name="change_card"),
    path("report-cards/<int:pk>/sign/", views.sign_card, name="sign_card"),
    path("rounds/", views.rounds, name="rounds"),
    path("rounds/draw/", views.draw_round, name="draw_round"),
    path("rounds/<int:pk>/", views.round_page, name="round"),
    path("rounds/<int:pk>/close/", views.close_round, name="close_round"),
    path("rounds/held/<int:pk>/", views.decide_held, name="decide_held"),
    path("results/", views.results, name="results"),
    path("results/team/", views.team_results, name="team_results"),
    path("results/people/<int:pk>/", views.person_results, name="person_results"),
    path("results/firm/", views.firm_results, name="firm_results"),
    path("r/<str:token>/", views.rate, name="rate"),
    path("r/<str:token>/thanks/", views.rated, name="rated"),
    path("r/<str:token>/not-you/", views.not_you, name="not_you"),
    path("r/<str:token>/unsubscribe/", views.unsubscribe, name="unsubscribe"),
]
