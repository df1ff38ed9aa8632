"""The pages of this app: visible or 404, allowed or 403, form, action, page."""
