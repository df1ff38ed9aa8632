"""Who asks: the holder of a token, within its scopes."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.models import ApiToken, User
from firm.rules import token_hash

# A token's last use is noted this often at most.
NOTED_EVERY = timedelta(minutes=1)


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer TOKEN``. A signed-in browser is nobody here."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        word, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if word.lower() != "bearer":
            return None
        at = timezone.now()
        found = ApiToken.objects.usable(at).select_related("user").filter(token_hash=token_hash(token.strip())).first()
        if found is None:
            raise exceptions.AuthenticationFailed("This token is unknown, revoked or past its day.")
        if found.last_used_at is None or found.last_used_at < at - NOTED_EVERY:
            ApiToken.objects.filter(pk=found.pk).update(last_used_at=at)
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class HasScope(BasePermission):
    """The token's scope for the resource; what its holder may do is asked after."""

    def has_permission(self, request: Request, view: Any) -> bool:
        deed = "read" if request.method in {"GET", "HEAD", "OPTIONS"} else "write"
        self.message = f"The token lacks the scope {view.scope}:{deed}."
        return isinstance(request.auth, ApiToken) and f"{view.scope}:{deed}" in request.auth.scopes
