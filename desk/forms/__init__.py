"""Forms of the pages that span the apps."""

from desk.forms.book import BookForm
from desk.forms.bulk import HandOverManyForm, PickedTagForm
from desk.forms.erasure import AskErasureForm, RefuseErasureForm
from desk.forms.lists import SIZES, BookFilter, ListAddress, taken
from desk.forms.merging import MergeForm
from desk.forms.people import DeactivatePersonForm

__all__ = [
    "SIZES",
    "AskErasureForm",
    "BookFilter",
    "BookForm",
    "DeactivatePersonForm",
    "HandOverManyForm",
    "ListAddress",
    "MergeForm",
    "PickedTagForm",
    "RefuseErasureForm",
    "taken",
]
