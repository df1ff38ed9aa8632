"""Who a sale is credited to."""

from collections.abc import Mapping
from datetime import datetime

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from compensation import rules
from compensation.models import SaleCredit
from compensation.rules.credits import WHOLE_PPM
from customers.models import Sale


@transaction.atomic
def credit_sale(sale: Sale, *, shares: Mapping[User, int], acting_user: User, at: datetime) -> None:
    """Split a sale by shares in millionths; none of them, or its salesperson alone, is as if it was never split.

    Raises ``PermissionDenied`` for a change that would give the one who makes it more, ``ValidationError`` where the
    shares do not sum or the sale is a reversal, which follows its sale.
    """
    sale = Sale.objects.select_for_update().get(pk=sale.pk)
    if sale.reverses_id:
        raise ValidationError("A return is credited as the sale it takes back. Split that sale.")
    wanted = {who.pk: ppm for who, ppm in shares.items()} or {sale.salesperson_id: WHOLE_PPM}
    now = {credit.salesperson_id: credit for credit in SaleCredit.objects.filter(sale=sale)}
    before = {who: credit.share_ppm for who, credit in now.items()} or {sale.salesperson_id: WHOLE_PPM}
    if not rules.may_credit(
        acting_user.roles, before=before.get(acting_user.pk, 0), after=wanted.get(acting_user.pk, 0)
    ):
        raise PermissionDenied("Nobody credits themselves with more. Ask a colleague.")
    if sum(wanted.values()) != WHOLE_PPM or min(wanted.values()) < 1:
        raise ValidationError("The shares of a sale sum to 100 %.")
    if wanted == {sale.salesperson_id: WHOLE_PPM}:
        wanted = {}
    changed = {"changed_by": acting_user, "changed_at": at}
    with pghistory.context(user=acting_user.pk):
        SaleCredit.objects.filter(sale=sale).exclude(salesperson__in=wanted).delete()
        for who, ppm in wanted.items():
            if who not in now or now[who].share_ppm != ppm:
                SaleCredit.objects.update_or_create(
                    sale=sale, salesperson_id=who, defaults={"share_ppm": ppm, **changed}
                )
