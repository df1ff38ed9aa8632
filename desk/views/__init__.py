"""Pages that span the apps."""

from desk.views.dossier import customer
from desk.views.people import deactivate_person
from desk.views.shell import become, home, search, theme

__all__ = ["become", "customer", "deactivate_person", "home", "search", "theme"]
