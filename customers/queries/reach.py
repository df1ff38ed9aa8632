"""Who may do what to whom."""

from accounts.models import Role, User
from customers.models import Customer
from customers.rules import people


def sees_unowned(user: User) -> bool:
    """Who lists the customers nobody owns: those who see all, and those who may give them an owner."""
    return user.has_role(Role.SERVICE, Role.MARKETING, Role.MANAGER, Role.ADMINISTRATOR)


def acting(user: User) -> people.Person:
    """The user as the rules see them. One query for managers, kept for the request."""
    led = user.led_team_ids if user.has_role(Role.MANAGER) else []
    return people.Person(id=user.pk, roles=user.roles, team_id=user.team_id, led_team_ids=led)


def owner_of(customer: Customer) -> people.Owner:
    """The owner as the rules see them; load ``owner`` with the customer."""
    return people.Owner(id=customer.owner_id, team_id=customer.owner.team_id if customer.owner else None)


def may_change(user: User, customer: Customer) -> bool:
    """Whether the user may change the customer, its contacts, sales and promises."""
    return people.may_change(acting(user), owner_of(customer))


def may_hand_over(user: User, customer: Customer) -> bool:
    """Whether the user may give the customer another owner."""
    return people.may_hand_over(acting(user), owner_of(customer))
