"""What customers read after a case is in French, every sentence of it."""

from django.conf import settings

from report_cards.management.commands.compile_languages import SENTENCES, sentences_of
from tests.report_cards.test_languages import sentences_in

OURS = settings.BASE_DIR / "recovery/locale/fr/LC_MESSAGES/django.po"
MODULES = ("recovery/forms/follow_up.py", "recovery/views/follow_up.py", "recovery/letters.py")


def test_every_sentence_is_in_french_and_none_is_left_over():
    used = set(sentences_in(("recovery/link", "recovery/mail"), MODULES))
    ours, theirs = sentences_of(OURS.read_text()).keys(), sentences_of(SENTENCES.read_text()).keys()
    assert used - ours - theirs == set()
    assert ours - used == {""}
    # Said the same way by both: kept in one place.
    assert ours & theirs == {""}
