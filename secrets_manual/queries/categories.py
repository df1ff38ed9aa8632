"""Categories as the administrator sees them: whether they are in use, never how much."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from secrets_manual.models import Answer, Category, Secret

_SECRETS, _ANSWERS = Secret.objects.filter(category=OuterRef("pk")), Answer.objects.filter(category=OuterRef("pk"))


def category_list(*, text: str = "", state: str = "") -> QuerySet[Category]:
    """Every category in order, with ``in_use`` and the number of its ``asking`` questions."""
    found = Category.objects.all()
    if text:
        found = found.filter(name__icontains=text)
    if state:
        found = found.filter(is_active=state == "on")
    return found.annotate(
        in_use=Q(Exists(_SECRETS) | Exists(_ANSWERS)), asking=Count("questions", filter=Q(questions__is_active=True))
    ).order_by("-kind", "position", "name")


def is_in_use(category: Category) -> bool:
    """Whether any secret, the removed too, or any answer is of this category."""
    return Secret.objects.filter(category=category).exists() or Answer.objects.filter(category=category).exists()
