"""Pages of this app for tests/test_pages.py."""

from firm.actions import notify
from firm.models import Firm
from tests.firm.test_mailbox import catch_one
from tests.pages import Sent


def demo(request):
    request.getfixturevalue("db")
    Firm.objects.create(name="Fairwater Supply", zone="Europe/Berlin", is_demo=True)


def mailbox(request):
    demo(request)
    catch_one()
    catch_one("a.person.with.a.remarkably.long.address@a-remarkably-long-house.example", "x" * 70)
    return "/mailbox/"


def empty_mailbox(request):
    demo(request)
    return "/mailbox/?q=nobody"


def caught_mail(request):
    demo(request)
    return f"/mailbox/{catch_one(text=f'{"word" * 40} http://127.0.0.1:8000/r/{"token" * 20}/').pk}/"


def caught_html(request):
    demo(request)
    return f"/mailbox/{catch_one(text='').pk}/"


def notifications(request):
    owner = request.getfixturevalue("owner")
    notify(owner, "Judith answered", url="/results/")
    notify(owner, f"Nothing to open, but {'x' * 60}")
    return "/notifications/"


def setup_refused(request):
    return Sent("/setup/", {"name": "", "currency": "E1", "password": "short"})


AXE_PAGES = [
    (None, "/setup/"),
    (None, setup_refused),
    (None, mailbox),
    (None, empty_mailbox),
    (None, caught_mail),
    (None, caught_html),
    ("owner", notifications),
    ("owner", "/notifications/"),
]
