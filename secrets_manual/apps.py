from django.apps import AppConfig


class SecretsManualConfig(AppConfig):
    name = "secrets_manual"
