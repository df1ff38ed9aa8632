"""Changing the firm's choices about report cards."""

from datetime import datetime
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Role, User
from report_cards.models import Policy
from report_cards.queries import the_policy


@transaction.atomic
def change_policy(*, acting_user: User, at: datetime, **fields: Any) -> Policy:
    """Change the choices; every version is kept with who made it. Saving the same again changes nothing."""
    if not acting_user.has_role(Role.EXECUTIVE):
        raise PermissionDenied
    the_policy()
    policy = Policy.objects.select_for_update(of=("self",)).get(pk=1)
    if all(getattr(policy, name) == value for name, value in fields.items()):
        return policy
    for name, value in fields.items():
        setattr(policy, name, value)
    policy.changed_by, policy.changed_at = acting_user, at
    with pghistory.context(user=acting_user.pk):
        policy.save()
    return policy
