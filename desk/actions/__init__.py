"""Writes that span the apps: one call an app, all in one transaction."""

from desk.actions.people import deactivate_person

__all__ = ["deactivate_person"]
