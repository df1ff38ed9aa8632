"""What a device sent and we have: sending it again does nothing twice."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Receipt(models.Model):
    """One form sent from a device, under the key the device gave it, and where it led."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["user", "at"], name="receipt_of_user")]

    def __str__(self) -> str:
        return f"{self.key} of {self.user}"
