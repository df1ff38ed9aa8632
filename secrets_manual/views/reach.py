"""Who asks, and for which secret."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.views import person
from secrets_manual.models import Secret


def back(request: HttpRequest, default: str) -> str:
    """The review queue for whoever came from there, else ``default``."""
    came_from = request.POST.get("back") or request.GET.get("back")
    return reverse("review_secrets") if came_from == "review" else default


def secret_of(request: HttpRequest, pk: int) -> Secret:
    """A secret the person may read, with its text, or 404."""
    readable = Secret.objects.visible_to(person(request), at=timezone.now())
    return get_object_or_404(readable.with_text().select_related("customer__owner"), pk=pk)
