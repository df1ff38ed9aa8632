"""Who is in whose line, who read what, and what a secret said before."""

from django.db.models import QuerySet

from accounts.models import Role, User
from customers.models import Customer
from secrets_manual.models import Secret, SecretRead, SecretText, Sensitivity


def is_manager_of(user: User, customer: Customer) -> bool:
    """Whether the user manages the owner's team or one above it."""
    owner = customer.owner
    return bool(user.has_role(Role.MANAGER) and owner and owner.team_id in user.led_team_ids)


def reads_of(secret: Secret) -> QuerySet[SecretRead]:
    """Who read a secret, newest first."""
    return SecretRead.objects.filter(secret_id=secret.pk).select_related("user")


def past_of(secret: Secret, user: User) -> QuerySet[SecretText]:
    """What a secret said before; what was special then is for its author alone, whatever the secret is now."""
    past = secret.texts.filter(is_current=False).select_related("written_by")
    return (past if user.pk == secret.discovered_by_id else past.exclude(sensitivity=Sensitivity.SPECIAL))[:20]
