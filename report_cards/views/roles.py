"""Who opens a page that belongs to a role."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import Role, User

View = Callable[..., HttpResponse]


def needs_role(*roles: Role) -> Callable[[View], View]:
    """403 for anyone signed in without one of the roles; stands below ``login_required``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not signed_in(request).has_role(*roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def signed_in(request: HttpRequest) -> User:
    """The person behind the request, where ``login_required`` stands above."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
