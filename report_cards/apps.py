from django.apps import AppConfig


class ReportCardsConfig(AppConfig):
    name = "report_cards"
