"""What can be handed over, and to whom."""

from django.db.models import Q, QuerySet

from accounts.models import Role, User
from customers.models import Customer, CustomerQuerySet


def for_hand_over(user: User) -> CustomerQuerySet:
    """Customers the user sees or may give an owner: those without one are open to managers and administrators."""
    present = Customer.objects.present()
    if user.has_role(Role.ADMINISTRATOR):
        return present
    if user.has_role(Role.MANAGER):
        return present.filter(Q(pk__in=Customer.objects.visible_to(user).order_by()) | Q(owner=None))
    return Customer.objects.visible_to(user)


def possible_owners(user: User) -> QuerySet[User]:
    """Active salespeople the user may give customers to: an administrator all, a manager their line, never oneself."""
    people_here = User.objects.holding(Role.SALESPERSON).exclude(pk=user.pk).select_related("team")
    if user.has_role(Role.ADMINISTRATOR):
        return people_here
    return people_here.filter(team__in=user.led_team_ids) if user.has_role(Role.MANAGER) else people_here.none()
