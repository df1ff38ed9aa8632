"""The demo's mailbox, and a customer's link opened from it."""

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives

from firm.demo import PASS_SECONDS, customer_pass, is_customer_pass
from firm.management.commands.catch_mail import catch
from firm.models import CaughtMail

# The firm, whether it is a demo (page and shell), the count, the page, and the demo's people.
QUERIES_OF_THE_MAILBOX = 3
TEXT = "Rate Mark: http://127.0.0.1:8000/r/abc123/.\nNot you? https://elsewhere.example/x"
HTML = '<p><a href="http://127.0.0.1:8000/r/abc123/?word=good">Good</a><script>alert(1)</script></p>'


def catch_one(to="judith@aldous.example", subject="How was Mark?", text=TEXT, html=HTML):
    return CaughtMail.objects.create(to=to, sender="f@f.example", subject=subject, text=text, html=html, raw="raw")


def test_lists_newest_first_and_finds(demo_firm, client):
    catch_one()
    catch_one("peter@other.example", "Welcome")
    page = client.get("/mailbox/").content.decode()
    assert page.index("Welcome") < page.index("How was Mark?")
    found = client.get("/mailbox/?q=ALDOUS").content.decode()
    assert "How was Mark?" in found
    assert "Welcome" not in found


@pytest.mark.parametrize("mails", [1, 20])
def test_query_count_is_constant(demo_firm, client, django_assert_num_queries, mails):
    for number in range(mails):
        catch_one(f"p{number}@aldous.example")
    client.get("/mailbox/")
    with django_assert_num_queries(QUERIES_OF_THE_MAILBOX):
        client.get("/mailbox/")


def test_pages(demo_firm, client):
    CaughtMail.objects.bulk_create(
        CaughtMail(to=f"p{n}@a.example", sender="f@f.example", subject=f"Mail {n}", raw="") for n in range(31)
    )
    assert b"Mail 30" in client.get("/mailbox/").content
    assert b"Mail 0<" in client.get("/mailbox/?page=2").content


def test_shows_text_and_links_but_never_the_html(demo_firm, client):
    page = client.get(f"/mailbox/{catch_one().pk}/").content.decode()
    assert "Rate Mark" in page
    assert "<script>alert" not in page
    assert 'href="https://elsewhere.example/x"' in page
    assert 'href="/r/abc123/?as_customer=' in page
    assert "&amp;word=good" in page


@pytest.mark.parametrize("headers", [{"X-Forwarded-For": "192.0.2.7"}, {"Forwarded": "for=192.0.2.7"}])
def test_is_hidden_behind_a_proxy(demo_firm, client, headers):
    assert client.get("/mailbox/", headers=headers).status_code == 404


def test_is_hidden_from_other_machines(demo_firm, client):
    assert client.get("/mailbox/", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_exists_only_in_a_demo(firm, client):
    assert client.get("/mailbox/").status_code == 404
    assert client.get(f"/mailbox/{catch_one().pk}/").status_code == 404


def asked(rf, address):
    return is_customer_pass(rf.get(address))


def test_a_pass_opens_its_own_path_only(demo_firm, rf):
    address = customer_pass("/r/abc/")
    assert asked(rf, address)
    assert not asked(rf, address.replace("/r/abc/", "/r/abd/"))
    assert not asked(rf, "/r/abc/")
    assert not asked(rf, "/r/abc/?as_customer=rubbish")


def test_a_pass_ends(demo_firm, rf):
    with time_machine.travel(0, tick=False) as clock:
        address = customer_pass("/r/abc/")
        clock.shift(PASS_SECONDS - 1)
        assert asked(rf, address)
        clock.shift(2)
        assert not asked(rf, address)


def test_a_pass_is_worth_nothing_in_a_real_firm(firm, rf):
    assert not asked(rf, customer_pass("/r/abc/"))


@pytest.mark.django_db(transaction=True)
def test_caught_mail_keeps_text_and_html(demo_firm):
    message = EmailMultiAlternatives("Grüße", "Hello", "f@f.example", ["a@a.example"])
    message.attach_alternative("<p>Hello</p>", "text/html")
    raw = message.message().as_bytes()
    assert catch("f@f.example", ["a@a.example", "b@b.example"], raw).startswith("250")
    mail = CaughtMail.objects.order_by("to").first()
    assert (mail.to, mail.subject, mail.text.strip(), mail.html.strip()) == (
        "a@a.example",
        "Grüße",
        "Hello",
        "<p>Hello</p>",
    )
    assert CaughtMail.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_is_caught_outside_a_demo(firm):
    assert catch("f@f.example", ["a@a.example"], b"Subject: x\r\n\r\ny").startswith("451")
    assert not CaughtMail.objects.exists()
