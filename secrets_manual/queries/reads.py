"""Who read what: the log by filters, unusual reading, and who may read for a while."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import TruncHour

from accounts.models import User
from customers.models import Customer
from firm.fold import Fold
from secrets_manual import rules
from secrets_manual.models import AccessGrant, Secret, SecretRead

# So far back, and so many hours, are looked at for unusual reading.
LOOK_BACK = timedelta(days=30)
MOST_HOURS = 60
HOUR = timedelta(hours=1)


def reads(
    *,
    zone: ZoneInfo,
    user: User | None = None,
    customer: str = "",
    since: date | None = None,
    until: date | None = None,
    why: str = "",
) -> QuerySet[SecretRead]:
    """Lines of the read log, newest first; days are the firm's."""
    lines = SecretRead.objects.select_related("user")
    if user:
        lines = lines.filter(user=user)
    if customer:
        named = Customer.objects.filter(folded__contains=Fold(Value(customer))).order_by().values("pk")
        lines = lines.filter(customer_id__in=named)
    if since:
        lines = lines.filter(at__gte=datetime.combine(since, time(), zone))
    if until:
        lines = lines.filter(at__lt=datetime.combine(until + timedelta(days=1), time(), zone))
    return lines.filter(why__icontains=why) if why else lines


def names_of(lines: list[SecretRead]) -> dict[int, str]:
    """The customers of these lines by id; those erased or gone are not among them."""
    ids = {line.customer_id for line in lines}
    return dict(Customer.objects.filter(pk__in=ids, erased_at=None).values_list("pk", "name"))


def reads_about(customer: Customer, owner: User, *, at: datetime) -> QuerySet[SecretRead]:
    """Who else read the secrets of a customer that its owner may read; of others not even that they were read."""
    readable = Secret.objects.visible_to(owner, at=at).filter(customer=customer).order_by().values("pk")
    lines = SecretRead.objects.filter(secret_id__in=readable).exclude(user=owner)
    return lines.select_related("user")


def unusual_reading(*, at: datetime) -> list[tuple[User, rules.Burst]]:
    """Who read the secrets of very many customers within an hour, newest first. Three queries.

    Only hours of the clock with at least half as many are looked at: of any hour's reading one clock hour holds half.
    """
    hours = (
        SecretRead.objects.filter(at__gt=at - LOOK_BACK)
        .order_by()
        .annotate(hour=TruncHour("at", tzinfo=UTC))
        .values("user_id", "hour")
        .annotate(customers=Count("customer_id", distinct=True))
        .filter(customers__gt=rules.UNUSUAL_CUSTOMERS // 2)
        .order_by("-hour")[:MOST_HOURS]
    )
    near = Q(pk__in=[])
    for row in hours:
        near |= Q(user=row["user_id"], at__gte=row["hour"] - HOUR, at__lt=row["hour"] + 2 * HOUR)
    lines = SecretRead.objects.filter(near).order_by("user_id", "at", "id").values_list("user_id", "customer_id", "at")
    found = rules.bursts(lines.iterator())
    people = User.objects.get_queryset().in_bulk({burst.user_id for burst in found})
    return [(people[one.user_id], one) for one in sorted(found, key=lambda burst: burst.ended_at, reverse=True)]


def grants(*, at: datetime, ended: bool) -> QuerySet[AccessGrant]:
    """Who may read for a while, and why: now, or with those that ended too; newest first."""
    rows = AccessGrant.objects.select_related("user", "customer")
    return (rows if ended else rows.active(at)).order_by("-since", "-pk")
