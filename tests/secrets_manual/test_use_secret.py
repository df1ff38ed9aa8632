"""A used secret rests, and whoever found it hears of it."""

from firm.models import Notification
from secrets_manual.actions import use_secret
from tests.conftest import NOW


def use(secret, user, at=NOW):
    return use_secret(secret, reference="case:1", note="a surprise", acting_user=user, at=at)


def test_discoverer_gets_the_credit(secret, owner, service_agent):
    use(secret, service_agent)
    notice = Notification.objects.get()
    assert (notice.user, "Swims" in notice.text) == (owner, False)
