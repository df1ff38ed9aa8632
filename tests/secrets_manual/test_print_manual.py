"""The sheet for a visit, as a page and as PDF: what may be used, what is owed, what to ask; every print noted."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from customers.models import Customer, Occasion, Promise
from firm.paper import FONTS, Paper, fonts
from secrets_manual.actions import record_consent, rest_secret
from secrets_manual.models import Category, Question, SecretRead
from secrets_manual.queries import visit_of
from tests.conftest import NOW
from tests.secrets_manual.pdf import pages_of


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def pdf(signed_in, customer):
    def get(user):
        response = signed_in(user).get(reverse("manual_pdf", args=[customer.pk]))
        assert response["Content-Type"] == "application/pdf"
        return pages_of(response.content)

    return get


def test_everything_for_the_door(pdf, written, customer, contact, owner):
    written(text="Läuft jeden Morgen über die Brücke, déjà vu in Łódź.", contact=contact)
    Promise.objects.create(customer=customer, text="Send the catalogue", due_on=date(2026, 12, 1), made_by=owner)
    Question.objects.create(category=Category.objects.get(key="dream"), text="What would you do with a free year?")
    Occasion.objects.create(customer=customer, contact=contact, month=12, day=24)
    Occasion.objects.create(customer=customer, month=6, day=1, label="Founding day")
    Promise.objects.create(customer=customer, text="Ring", due_on=date(2025, 11, 1), made_by=owner)
    Promise.objects.create(customer=customer, text="Visit", due_on=date(2027, 1, 7), made_by=owner)
    (page,) = pdf(owner)
    assert "For Mark Carver, 24 November 2026. Do not leave behind." in page
    assert "Overdue since 1 November 2025: Ring" in page
    assert "7 January 2027: Visit" in page
    assert "Läuft jeden Morgen über die Brücke, déjà vu in Łódź." in page
    assert "Judith Aldous · medium confidence" in page
    assert "1 December: Send the catalogue" in page
    assert "24 December: Judith Aldous: Birthday" in page
    assert "Founding day" not in page
    assert "Ask next" in page
    assert "page 1 of 1" in page


def test_marks_stand_before_the_words(pdf, written, owner):
    written(text="Hushed.", never_aloud=True, sensitivity="confidential")
    rest_secret(written(text="Resting."), until=NOW + timedelta(days=9), acting_user=owner, at=NOW)
    (page,) = pdf(owner)
    assert "[NEVER ALOUD] [CONFIDENTIAL] Hushed." in page
    assert "[RESTS UNTIL 3 DECEMBER 2026] Resting." in page


def test_only_what_the_reader_may_read(pdf, written, customer, owner, colleague):
    record_consent(customer, wording="Agreed at the counter.", acting_user=owner, at=NOW)
    written(text="Open words.")
    written(text="Sealed words.", sensitivity="confidential")
    written(text="Special words.", sensitivity="special")
    (mine,), (theirs,) = pdf(owner), pdf(colleague)
    assert ("Open words." in mine, "Sealed words." in mine) == (True, True)
    assert ("Open words." in theirs, "Sealed words." in theirs) == (True, False)
    assert "Special words." not in mine
    assert "1 special not printed" in mine
    assert "special not printed" not in theirs


def test_long_manuals_wrap_and_are_numbered(pdf, written, owner):
    long = "Collects " + "extraordinarilylongwordwithoutanybreak" * 8 + " and more."
    for number in range(60):
        written(text=f"{number}. {long}"[:500])
    pages = pdf(owner)
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"page {number} of {len(pages)}" in page
        assert "Do not leave behind." in page
    assert sum(page.count("found by Mark Carver") for page in pages) == 60


@pytest.mark.parametrize(
    "text", ["<b>bold</b> & <para>", "emoji 🎻 and 漢字", "tab\tand \u202e turned", "“quotes” – …"]
)
def test_odd_letters_are_no_error(pdf, written, owner, text):
    written(text=text)
    (page,) = pdf(owner)
    assert "found by Mark Carver" in page


def test_a_blank_manual_prints(pdf, customer, owner):
    assert "Nothing you may read yet." in pdf(owner)[0]


def test_page_to_print_and_its_reads(signed_in, written, customer, owner):
    secret = written(never_aloud=True)
    seen = signed_in(owner).get(reverse("print_manual", args=[customer.pk])).content.decode()
    assert "do not leave behind" in seen
    assert "never aloud" in seen
    assert list(SecretRead.objects.values_list("secret_id", "why")) == [(secret.pk, "print")]


def test_pdf_is_noted_and_never_cached(signed_in, written, customer, owner):
    written()
    response = signed_in(owner).get(reverse("manual_pdf", args=[customer.pk]))
    assert "no-store" in response["Cache-Control"]
    assert SecretRead.objects.get().why == "print"


def test_leap_day_in_a_common_year(customer, owner, time_machine):
    time_machine.move_to(NOW.replace(year=2027, month=2, day=20), tick=False)
    Occasion.objects.create(customer=customer, month=2, day=29, label="Leap")
    visit = visit_of(customer, owner, NOW.replace(year=2027, month=2, day=20))
    assert visit.occasions == [(date(2027, 2, 28), "Leap")]


def test_query_count_is_constant(signed_in, written, customer, owner, django_assert_max_num_queries):
    client, counts = signed_in(owner), []
    category = Category.objects.get(key="dream")
    for more in (1, 19):
        for _ in range(more):
            written(category=category)
        with django_assert_max_num_queries(22) as seen:
            assert client.get(reverse("manual_pdf", args=[customer.pk])).status_code == 200
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


NAMES = (
    "Łucja Wójcik-Źrebięć, Kraków",
    "Jiří Dvořáček, Plzeň, ťuhýk, ůr",
    "Γιώργος Παπαδόπουλος, Θεσσαλονίκη",
    "Щербаков Ёлкин, Київ, Ґалаґан",
    "Işıl Şahin Öğüt, İzmir",
    "Győző Szűcs, Ștefan Țîrlea, Đorđević, Āboliņš, Õnnepäev",
)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_europe_are_spelt_right(pdf, written, owner, customer, name):
    """On a fresh machine too: the font is a locked package, not the system's."""
    assert "node_modules" in str(FONTS[0][0])
    assert (FONTS[0][0] / FONTS[0][1]).exists()
    Customer.objects.filter(pk=customer.pk).update(name=name)
    written(text=f"Dreams of meeting {name}.")
    (page,) = pdf(owner)
    assert page.count(name) == 2


def test_without_the_font_a_name_can_still_be_read(monkeypatch):
    """An accent the last font lacks is dropped, a letter of another script is a question mark; nothing breaks."""
    monkeypatch.setattr("firm.paper.FONTS", FONTS[-1:])
    monkeypatch.setattr("firm.paper.fonts", fonts.__wrapped__)
    assert Paper().spell("Łucja Dvořáček, Győző, Ж") == "Łucja Dvoráček, Gyozo, ?"
