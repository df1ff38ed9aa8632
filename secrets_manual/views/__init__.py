"""Pages of the secrets manual."""
