"""Folding of text for search: lower case, no accents, one form for every index and query."""

from django.db.models import Func, TextField


class Fold(Func):
    """Lower-case, unaccented text of its arguments joined by spaces, as the SQL function ``rapport_fold`` makes it."""

    template = "rapport_fold(%(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = TextField()


class Digits(Func):
    """Only the digits of a text: telephone numbers in any format compare equal."""

    function = "rapport_digits"
    output_field = TextField()
