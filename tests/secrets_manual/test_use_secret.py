"""A used secret rests, and whoever found it hears of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from firm.models import Notification
from secrets_manual.actions import use_secret
from secrets_manual.models import SecretUse
from tests.conftest import NOW


def use(secret, user, at=NOW):
    return use_secret(secret, reference="case:1", note="a surprise", acting_user=user, at=at)


def test_discoverer_gets_the_credit(secret, owner, service_agent):
    use(secret, service_agent)
    notice = Notification.objects.get()
    assert (notice.user, "Swims" in notice.text) == (owner, False)


def test_it_rests_for_ninety_days(secret, service_agent):
    use(secret, service_agent)
    with pytest.raises(ValidationError):
        use(secret, service_agent, NOW + timedelta(days=89))
    use(secret, service_agent, NOW + timedelta(days=90))
    assert SecretUse.objects.count() == 2


def test_removed_is_not_used(secret, service_agent):
    type(secret).objects.update(removed_at=NOW)
    with pytest.raises(ValidationError):
        use(secret, service_agent)
