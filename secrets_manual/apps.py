from django.apps import AppConfig

from secrets_manual import checks

__all__ = ["SecretsManualConfig", "checks"]


class SecretsManualConfig(AppConfig):
    name = "secrets_manual"
