"""Speaking to the API as another system does."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from accounts.actions import make_token
from accounts.models import Scope


class Api:
    """A system with a token of somebody's."""

    def __init__(self, user, *scopes):
        began = timezone.now() - timedelta(hours=1)
        chosen = scopes or Scope.values
        self.token, self.words = make_token(name="Books", scopes=chosen, days=30, acting_user=user, at=began)
        self.client = Client(headers={"Authorization": f"Bearer {self.words}"})

    def get(self, path, **params):
        return self.client.get(f"/api/v1/{path}", params)

    def post(self, path, data, **headers):
        return self.client.post(f"/api/v1/{path}", data, "application/json", headers=headers)

    def patch(self, path, data, **headers):
        return self.client.patch(f"/api/v1/{path}", data, "application/json", headers=headers)
