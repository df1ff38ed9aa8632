"""Tags and saved views."""

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from customers.models import Customer, SavedView, Tag


def tags_counted() -> QuerySet[Tag]:
    """Every tag with how many customers have it, whoever sees them."""
    return Tag.objects.annotate(count=Count("customers", filter=Q(customers__removed_at=None))).order_by("name")


def tags_of(customer: Customer) -> list[Tag]:
    """A customer's tags by name."""
    return list(customer.tags.order_by("name"))


def suggested_tags(most: int = 500) -> list[Tag]:
    """The tags to choose from, by name."""
    return list(Tag.objects.order_by("name")[:most])


def saved_views(user: User, page: str) -> list[SavedView]:
    """The person's own views of a list, the one that opens by itself first."""
    return list(SavedView.objects.of(user, page).order_by("-is_default", "name"))
