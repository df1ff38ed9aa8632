"""What leaves the system as a file is written down first."""

from datetime import datetime

from accounts.models import User
from desk.models import Export


def note_export(*, what: str, query: str, rows: int, acting_user: User, at: datetime) -> Export:
    """Who takes what, and how much of it."""
    return Export.objects.create(what=what, query=query[:500], rows=rows, user=acting_user, at=at)
