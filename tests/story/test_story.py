"""The whole story in order, as the different people, in a real browser over real SMTP."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import Role, User
from customers.models import Customer
from recovery.actions import climb_alerts, flag_due, raise_alerts, tell_flags
from recovery.models import Flag
from report_cards.models import Response
from report_cards.tasks import close_due, send_due
from tests.report_cards.conftest import sink  # noqa: F401

pytestmark = [pytest.mark.browser]
NOVEMBER = datetime(2026, 11, 5, 10, 0, tzinfo=UTC)
AFTER_CLOSE = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

SALESPEOPLE = """employee_number,name,email,title,manager_email,city,country,hired_on
1,Anna Fuller,anna@fairwater.example,Head of sales,,Kiel,Germany,2015-01-01
2,Mark Carver,mark@fairwater.example,Sales,anna@fairwater.example,Kiel,Germany,2019-03-01
"""
CUSTOMERS = (
    "customer_code,name,contact_name,contact_title,contact_email,phone,address,city,region,postal_code,country,"
    "owner_email,owned_since\n"
)
NAMES = ("Aldous & Daughter", "Harbour Foods", "Northgate Tools", "Ferrant Print", "Elmcroft Joinery", "Tanager Optics")
CUSTOMERS += "".join(
    f"C{n},{name},Contact {n},Owner,contact{n}@c{n}.example,0431 555-010{n},Quay {n},Kiel,,24103,Germany,"
    "mark@fairwater.example,2024-01-01\n"
    for n, name in enumerate(NAMES)
)
SALES = "order_number,customer_code,salesperson_email,ordered_on,shipped_on,amount,currency\n"
SALES += "".join(f"O{n},C{n % 6},mark@fairwater.example,2026-0{n % 9 + 1}-10,,{1000 + n}.00,EUR\n" for n in range(18))


@pytest.fixture
def imported(firm, tmp_path, capsys):
    """The firm's files, imported by command, and one bad row reported with its line."""
    for kind, text in (
        ("salespeople", SALESPEOPLE),
        ("customers", CUSTOMERS),
        ("sales", SALES + "O99,NOBODY,mark@fairwater.example,2026-01-01,,1.00,EUR\n"),
    ):
        file = tmp_path / f"{kind}.csv"
        file.write_text(text)
        call_command(f"import_{kind}", str(file))
    out = capsys.readouterr().out
    assert "created 18, updated 0, unchanged 0, failed 1" in out
    return User.objects.get(email="mark@fairwater.example")


def role(name, *roles):
    return User.objects.create_user(f"{name.lower()}@fairwater.example", name=name, roles=list(roles))


def test_the_story(imported, open_as, sink, time_machine, live_server, settings, tmp_path, capsys):  # noqa: F811
    settings.ORIGIN = live_server.url
    mark, anna = imported, User.objects.get(name="Anna Fuller")
    eva, cora, rita = role("Eva", Role.EXECUTIVE), role("Cora", Role.COMPENSATION), role("Rita", Role.SERVICE)
    time_machine.move_to(NOVEMBER)
    logs_a_secret(open_as, mark)
    makes_a_card(open_as, anna)
    signs_it(open_as, eva)
    draws_a_round(open_as, eva)
    send_due()
    links = links_in(sink)
    assert len(links) == len(NAMES)
    rates_and_edits(open_as, links[0])
    for number, link in enumerate(links[1:], start=1):
        # Each from a place and at a time of its own: alike they would be set aside.
        time_machine.move_to(NOVEMBER + number * timedelta(hours=1))
        answer(link, Client(REMOTE_ADDR=f"203.0.113.{number}"))
    assert Response.objects.count() == len(NAMES)
    plans_the_bonus(open_as, cora)
    approves_it(open_as, eva)
    opens_a_case(open_as, rita)
    closes_the_round(time_machine)
    reads_results(open_as, mark, anna)
    reads_the_statement(open_as, mark, tmp_path, capsys)


def logs_a_secret(open_as, mark):
    page = open_as(mark, "/")
    page.keyboard.press("/")
    page.keyboard.type("aldo")
    page.get_by_role("option", name=re.compile("Aldous & Daughter")).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Aldous & Daughter").wait_for()
    page.wait_for_load_state("load")
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog", name="What did you learn?")
    dialog.get_by_label("What did you learn?").fill("Swims in the sea every morning, all winter.")
    # What it is about has come: the button stands still.
    dialog.get_by_label(re.compile("^Category")).wait_for()
    dialog.get_by_role("button", name="Record").click()
    page.get_by_text("Recorded under").wait_for()
    page.reload()
    assert page.get_by_text("Swims in the sea every morning").is_visible()


def makes_a_card(open_as, anna):
    page = open_as(anna, "/report-cards/add/")
    page.locator("[name=name]").fill("Report card")
    page.locator("[name=first_month]").fill("2026-01")
    for measure, rows in {
        "relationship": (
            ("Listening", "Listens before proposing anything.", "60", "80"),
            ("Promises", "Does what was promised, when promised.", "40", "80"),
        ),
        "secret_gathering": (("My world", "Asks about my world before talking of theirs.", "100", "75"),),
    }.items():
        for n, _row in enumerate(rows):
            page.locator(f"#add-{measure}").click()
            page.locator(f"[name={measure}-{n}-name]").wait_for()
        for n, row in enumerate(rows):
            for field, value in zip(("name", "question", "weight", "target"), row, strict=True):
                page.locator(f"[name={measure}-{n}-{field}]").fill(value)
    page.get_by_role("button", name="Keep the draft").last.click()
    page.get_by_text("Draft", exact=True).wait_for()


def signs_it(open_as, eva):
    page = open_as(eva, "/report-cards/")
    page.get_by_role("link", name="Version 1").first.click()
    page.get_by_role("link", name="Read and sign off").click()
    page.get_by_role("button", name="Sign off").click()
    page.get_by_text("Signed off", exact=True).first.wait_for()


def draws_a_round(open_as, eva):
    page = open_as(eva, "/rounds/draw/")
    page.get_by_role("button", name=re.compile("Draw October")).click()
    page.get_by_text("How far it has come").wait_for()


def links_in(sink):  # noqa: F811
    """The rating link of each mail."""
    texts = [message.get_body(("plain",)).get_content() for _, message in sink.mails]
    return [re.search(r"/r/[\w-]{43}/", text).group(0) for text in texts]


def rates_and_edits(open_as, link):
    page = open_as(None, link)
    for word in ("Good", "Excellent"):
        blocks = page.locator("section.sheet")
        for n in range(3):
            blocks.nth(n).get_by_text(word, exact=True).click()
        page.get_by_role("button", name="Send").click()
        page.get_by_role("heading", name=re.compile("Thank")).wait_for()
        page.goto(page.url.split("/r/")[0] + link)
    assert page.locator("input:checked[value=excellent]").count() == 3


def answer(link, client):
    words = {"word-listening": "good", "word-promises": "average", "word-my-world": "good", "fit": "yes"}
    assert client.get(link).status_code == 200
    assert client.post(link, {**words, "who_may_see": "nobody"}).status_code == 302


def plans_the_bonus(open_as, cora):
    page = open_as(cora, "/plans/add/")
    values = {"name": "Relationships", "starts_on": "2026-01-01", "currency": "EUR", "target_bonus": "24000",
              "new_quota": "10000", "continuing_quota": "10000"}  # fmt: skip
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_role("heading", name=re.compile("Relationships")).wait_for()


def approves_it(open_as, eva):
    page = open_as(eva, "/plans/")
    page.get_by_role("link", name=re.compile("Relationships")).first.click()
    page.get_by_role("link", name="Read and approve").click()
    page.get_by_role("button", name=re.compile("Approve version")).click()
    page.get_by_text(re.compile("approved", re.IGNORECASE)).first.wait_for()


def opens_a_case(open_as, rita):
    customer = Customer.objects.get(name="Aldous & Daughter")
    page = open_as(rita, f"/oops/open/?customer={customer.pk}")
    page.get_by_label(re.compile("What happened")).fill("Wrong glaze delivered.")
    page.get_by_role("button", name="Start the clock").click()
    page.get_by_text("Swims in the sea").first.wait_for()
    at = datetime(2026, 11, 6, 9, 30, tzinfo=UTC)
    assert flag_due(at) > 0
    assert flag_due(at) == 0
    raise_alerts(at)
    assert climb_alerts(at) > 0
    assert climb_alerts(at) == 0
    tell_flags()
    assert tell_flags() == 0
    assert Flag.objects.filter(noticed=False).count() == 0
    page.get_by_role("button", name="Acknowledge").click()
    page.get_by_text("They know that we know.").wait_for()
    page.locator("summary.tick").click()
    page.get_by_label("How it was put right").fill("The right glaze is at her door.")
    page.get_by_role("button", name="It is fixed").click()
    page.get_by_text("Fixed. Now surprise them.").wait_for()
    page.get_by_role("radio", name="use it").first.check()
    page.get_by_label("The surprise").fill("Warm mittens on the harbour wall.")
    page.get_by_role("button", name="Do it").click()
    page.get_by_text("Surprised. Now say sorry.").wait_for()
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("The apology is on its way.").wait_for()


def closes_the_round(time_machine):
    time_machine.move_to(AFTER_CLOSE)
    close_due()


def reads_results(open_as, mark, anna):
    page = open_as(mark, "/results/")
    page.get_by_text("Listening").first.wait_for()
    assert "6" in page.locator("main").inner_text()
    page = open_as(anna, "/results/team/")
    page.get_by_text("Listening").first.wait_for()


def reads_the_statement(open_as, mark, tmp_path, capsys):
    page = open_as(mark, "/bonus/")
    page.get_by_text("Secret gathering").first.wait_for()
    page.locator("summary", has_text="Secret gathering").click()
    page.get_by_text("6 customers").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Re-check file").click()
    file = tmp_path / "statement.json"
    download.value.save_as(file)
    call_command("statement", str(file))
    assert "matches" in capsys.readouterr().out
