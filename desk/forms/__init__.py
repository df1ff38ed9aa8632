"""Forms of the pages that span the apps."""

from desk.forms.people import DeactivatePersonForm

__all__ = ["DeactivatePersonForm"]
