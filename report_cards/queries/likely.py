"""How likely a customer is to stay, as far as anything is on file."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from customers.models import Customer
from report_cards.models import ResponseVersion


@dataclass(frozen=True)
class Likely:
    """An answer from 0 to 10, and when it was given."""

    score: int
    at: datetime


def last_likely(customer: Customer, *, at: datetime) -> Likely | None:
    """The customer's newest counted answer to “likely to stay” as it stood at a moment; None where there is none.

    Of each response the version of that moment is read, so that what is changed later does not change it. One query.
    """
    versions = ResponseVersion.objects.filter(
        response__invitation__customer=customer, response__is_counted=True, at__lte=at
    )
    stood = versions.order_by("response", "-version").distinct("response").annotate(score=F("content__likely"))
    given = [Likely(int(score), said_at) for score, said_at in stood.values_list("score", "at") if score is not None]
    return max(given, key=lambda one: one.at, default=None)
