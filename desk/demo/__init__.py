"""A believable firm of our own invention, the same every time for a seed, dated relative to today."""
