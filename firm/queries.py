"""Reads of the firm's own rows."""

from firm.models import Firm


def the_firm() -> Firm:
    """The firm this installation serves.

    Raises ``Firm.DoesNotExist`` before the setup page was answered.
    """
    return Firm.objects.get(pk=1)
