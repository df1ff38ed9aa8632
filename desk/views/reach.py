"""Who is asking."""

from typing import cast

from django.http import HttpRequest

from accounts.models import User


def acting(request: HttpRequest) -> User:
    """The signed-in person, for the type checker; views below ``login_required`` only."""
    return cast(User, request.user)
