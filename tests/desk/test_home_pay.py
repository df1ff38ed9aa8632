"""Today of those who pay and lead: runs, disputes, adjustments, and whose customers ask for more."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from accounts.models import Role
from report_cards import actions
from report_cards.models import Round
from tests.compensation.permissions import computed_run, in_dispute, locked_run, owners_pay
from tests.conftest import NOW
from tests.report_cards.conftest import DRAWN_AT, OCTOBER, answer_all, customers_of
from tests.report_cards.permissions import signed


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW)


def today(client):
    return client.get("/").content.decode()


def bonus_so_far(client):
    return client.get("/today/bonus/", headers={"HX-Request": "true"}).content.decode()


def test_bonus_so_far_is_loaded_after_the_rest(request, owner, signed_in):
    owners_pay(request)
    client = signed_in(owner)

    assert 'hx-get="/today/bonus/"' in today(client)
    assert "Bonus this year, so far" in bonus_so_far(client)
    assert 'href="/bonus/"' in bonus_so_far(client)
    assert client.get("/today/bonus/").url == "/bonus/"


@pytest.mark.browser
def test_bonus_so_far_comes_by_itself(request, owner, look_at):
    owners_pay(request)

    page = look_at(owner, "/")

    expect(page.get_by_role("heading", name="Bonus this year, so far")).to_be_visible()
    assert page.get_by_role("link", name="Bonus this year", exact=True).count() == 0
    assert Axe().run(page).violations_count == 0


def test_without_a_bonus_plan_nothing_is_loaded(owner, signed_in):
    assert bonus_so_far(signed_in(owner)).strip() == ""


def test_executive_sees_the_run_that_waits(request, executive, signed_in):
    run = computed_run(request)

    page = today(signed_in(executive))

    assert "One signature waits for you." in page
    assert f'href="/runs/{run.pk}/" aria-label="Read {run}"' in page


def test_who_started_a_run_waits_for_another(request, compensation_admin, signed_in):
    computed_run(request)

    page = today(signed_in(compensation_admin))

    assert "waits for approval" in page
    assert "Read and approve" not in page


def test_colleague_who_is_not_paid_by_it_may_approve(request, marketer, signed_in):
    computed_run(request)
    marketer.roles = [Role.COMPENSATION]
    marketer.save()

    page = today(signed_in(marketer))

    assert "One run waits for your approval" in page
    assert "Read and approve" in page


def test_locked_run_and_no_dispute_are_said_calmly(request, compensation_admin, signed_in):
    locked_run(request)

    page = today(signed_in(compensation_admin))

    assert "January 2026" in page
    assert "Nothing is in dispute." in page


def test_open_dispute_is_counted(request, compensation_admin, signed_in):
    in_dispute(request)

    page = today(signed_in(compensation_admin))

    assert "One dispute is open" in page
    assert "none is late" in page


def test_manager_sees_who_needs_a_hand(request, manager, owner, signed_in):
    signed(request)
    customers_of(owner, 10)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["poor"] * 9 + ["good"])
    actions.close_round(Round.objects.get(pk=round_.pk), at=datetime(2026, 11, 21, 23, tzinfo=UTC))

    page = today(signed_in(manager))

    assert "Who needs a hand" in page
    assert f'href="/results/people/{owner.pk}/"' in page
    assert "most of all" in page
