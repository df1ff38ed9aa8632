"""English and French: the page, the mail, the scale, the kind pages, the dates; and a catalogue without holes."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation

from firm.languages import speaking
from firm.models import Suppression
from report_cards import actions
from report_cards.languages import time_needed
from report_cards.letters import letter
from report_cards.management.commands.compile_languages import (
    ALL_SENTENCES,
    OUR_ENGLISH,
    SENTENCES,
    compiled,
    sentences_of,
)
from report_cards.models import Answer, Behaviour, Fit, Invitation, Response, Round

from .conftest import CLOSED_AT, TOKEN

pytestmark = pytest.mark.usefixtures("open_now")
FOLDERS = ("firm/link", "report_cards/rate", "report_cards/mail")
QUESTION = "Écoute avant de parler."


def text(page):
    return re.sub(r"\s+", " ", page.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def french(draft, invitation):
    """The invitation speaks French; the card has the first question in French, too."""
    Invitation.objects.update(language="fr")
    with_triggers_off(lambda: Behaviour.objects.filter(key="listening").update(translations={"fr": QUESTION}))
    return Invitation.objects.select_related("round__card", "salesperson").get()


def with_triggers_off(deed):
    import pgtrigger  # noqa: PLC0415

    with pgtrigger.ignore("report_cards.Behaviour:signed_card_is_final"):
        deed()


def sentences_in(folders, modules):
    """Every sentence that templates and modules ask for."""
    for folder in folders:
        for path in (Path(settings.BASE_DIR) / "templates" / folder).rglob("*.*"):
            template = Template(path.read_text(), engine=engines["django"].engine)
            for node in template.nodelist.get_nodes_by_type(TranslateNode):
                if not node.filter_expression.var.lookups:
                    yield str(node.filter_expression.var.literal)
            for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
                yield node.render_token_list(node.singular)[0]
    for module in modules:
        yield from re.findall(r'gettext(?:_lazy)?\(\s*"([^"]+)"', (Path(settings.BASE_DIR) / module).read_text())


def sentences_used():
    """Every sentence the customers' templates, forms and mails ask for."""
    modules = ("forms/rating.py", "views/rate.py", "letters.py", "languages.py")
    yield from sentences_in(FOLDERS, [f"report_cards/{module}" for module in modules])
    yield from ["Yes", "No", *Answer.Value.labels, *Fit.labels]


def test_every_sentence_is_in_french_and_none_is_left_over():
    used, known = set(sentences_used()), sentences_of(SENTENCES.read_text())
    assert used - known.keys() == set()
    assert known.keys() - used == {""}
    assert all(known.values())


@pytest.mark.parametrize("source", ALL_SENTENCES, ids=lambda path: path.parents[3].name)
def test_a_translation_names_what_its_sentence_names(source):
    for english, french in sentences_of(source.read_text()).items():
        named = set(re.findall(r"%\((\w+)\)s", english))
        assert set(re.findall(r"%\((\w+)\)s", french)) <= named, english
        assert not re.search(r" [?!;:»]|« ", french), f"a space that may break: {french}"


def test_what_django_reads_is_what_stands_in_the_source():
    for source in (*ALL_SENTENCES, OUR_ENGLISH):
        assert source.with_suffix(".mo").read_bytes() == compiled(sentences_of(source.read_text()))
    with translation.override("fr"):
        assert translation.gettext("Send") == "Envoyer"


def test_the_page_in_french(client, french, rate_url):
    response = client.get(rate_url)
    page = text(response)
    assert '<html lang="fr">' in page
    assert response.headers["Content-Language"] == "fr"
    for words in (
        "Comment avez-vous trouvé Mark Carver en octobre ?",
        "Quatre questions, une demi-minute. Vous évaluez Mark Carver pour Aldous &amp; Daughter.",
        "La rémunération que touche Mark dépend en partie de vos réponses.",
        f'<span class="question">{QUESTION}</span>',
        '<span class="question" lang="en">Does what was promised.</span>',
        "<span>Passable</span>",
        "<span>Je ne peux pas juger</span>",
        "Modifiable jusqu’au 21 novembre.",
        f'formaction="/r/{TOKEN}/?language=en" formnovalidate name="speak" value="en" lang="en">English</button>',
    ):
        assert words in page, words
    assert "Say why" not in page


def test_messages_and_thanks_in_french(client, french, rate_url):
    assert "Choisissez un mot pour au moins une question." in text(client.post(rate_url, {}))
    assert "n’en fait pas partie" in text(client.post(rate_url, {"word-listening": "bon"}))
    thanks = client.post(rate_url, {"word-listening": "good"})
    page = text(client.get(thanks.headers["Location"]))
    assert "Merci. Cela sera utile à Mark." in page
    assert "Possible jusqu’au 21 novembre à 23 h 59." in page


def test_switching_records_nothing_and_goes_along(client, rate_url):
    page = text(client.get(f"{rate_url}?word-listening=good"))
    switch = re.search(r'formaction="([^"]+)" formnovalidate name="speak" value="fr"', page)[1].replace("&amp;", "&")
    french = client.post(switch, {"speak": "fr", "word-listening": "good", "comment": "Not yet sent", "call_me": "on"})
    assert not french.cookies
    assert ("Not yet sent" in text(french), bool(re.search('name="call_me"[^>]* checked', text(french)))) == (
        True,
        True,
    )
    page = text(french)
    assert '<html lang="fr">' in page
    assert 'value="good" id="id_word-listening_3" checked' in page
    action = re.search(r'<form method="post" id="answers" action="([^"]+)"', page)[1]
    assert action == f"{rate_url}?language=fr"
    assert not Response.objects.exists()
    assert Invitation.objects.get().language == "en"
    thanks = client.post(action, {"word-listening": "good"})
    assert thanks.headers["Location"] == f"{rate_url}thanks/?language=fr"
    assert "Merci" in text(client.get(thanks.headers["Location"]))


@pytest.mark.parametrize("language", ["xx", "", "../fr"])
def test_a_language_nobody_speaks_is_passed_over(client, rate_url, language):
    assert '<html lang="en">' in text(client.get(rate_url, {"language": language}))


def test_an_invitation_in_a_language_we_do_not_speak_is_english(client, rate_url):
    Invitation.objects.update(language="de")
    assert '<html lang="en">' in text(client.get(rate_url))


def test_kind_pages_in_french(client, french, rate_url, time_machine):
    assert "Ce n’est pas moi" in text(client.get(f"{rate_url}not-you/"))
    assert "Ne plus me demander" in text(client.get(f"{rate_url}unsubscribe/"))
    unknown = client.get("/r/nonsense/", headers={"accept-language": "fr-CA,fr;q=0.9,en;q=0.5"})
    assert "Nous ne connaissons pas ce lien" in text(unknown)
    Suppression.objects.create(address=french.address, reason="unsubscribed")
    assert "Vous ne vouliez plus recevoir" in text(client.get(rate_url))
    time_machine.move_to(CLOSED_AT + timedelta(days=1), tick=False)
    page = text(client.get(rate_url))
    assert "Octobre : c’est clos" in page
    assert "jusqu’au 21 novembre à 23 h 59." in page


def test_the_mail_in_french(french):
    message = letter(french, "f" * 43)
    assert message.subject.replace("\u00a0", " ") == "Comment avez-vous trouvé Mark Carver en octobre ?"
    assert "Bonjour Judith Aldous," in message.body
    assert "jusqu’au 21 novembre à 23 h 59 (CET)." in message.body.replace("\u00a0", " ")
    html = message.alternatives[0][0]
    assert '<html lang="fr"' in html
    assert QUESTION in html
    assert "Excellent</a>" in html
    assert "Passable</a>" in html
    assert "rappel" not in message.body
    reminder = letter(french, "f" * 43, is_reminder=True)
    assert reminder.subject.startswith("Il est encore temps")


def test_the_mail_in_english_is_unchanged_by_the_french_before(french):
    letter(french, "f" * 43)
    Invitation.objects.update(language="en")
    message = letter(Invitation.objects.select_related("round__card", "salesperson").get(), "e" * 43)
    assert message.subject == "How was Mark Carver in October?"
    assert "You can change your answers until 21 November, 23:59 CET." in message.body
    assert '<html lang="en"' in message.alternatives[0][0]


def test_a_closed_round_ends_the_asking_in_either_language(client, french, rate_url):
    actions.close_round(Round.objects.get(), at=CLOSED_AT)
    assert client.post(f"{rate_url}?language=en", {"word-listening": "good"}).status_code == 410


LONG = "Do they hear " * 15


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [(5, "half a minute", "une demi-minute"), (9, "a minute", "une minute"), (14, "2 minutes", "2 minutes")],
)
def test_the_time_it_takes_is_what_the_card_takes(count, english, french):
    behaviours = [Behaviour(question="Listens to what I need.", translations={}) for _ in range(count)]
    told = []
    for language in ("en", "fr"):
        with speaking(language):
            told.append(time_needed(behaviours))
    assert told == [english, french]


def test_a_long_card_promises_no_half_minute(client, french, rate_url):
    with_triggers_off(lambda: Behaviour.objects.update(question=LONG, translations={}))
    invitation = Invitation.objects.select_related("round__card", "salesperson").get()
    assert "Comptez une minute, et" in letter(invitation, TOKEN).body.replace("\u00a0", " ")
    assert "Quatre questions, une minute." in text(client.get(rate_url))


def test_what_is_typed_goes_along_after_a_mistake_too(client, rate_url):
    page = text(client.post(rate_url, {"comment": "Kept", "word-listening": "nonsense"}))
    assert 'name="speak" value="fr"' in page
    assert "Kept" in page
