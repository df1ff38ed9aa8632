"""From a run to the next in a real Chromium: approved by another, disputed on a phone, upheld, settled."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from compensation import actions
from compensation.models import Adjustment, Dispute, Run, Statement
from tests.compensation.makers import go_on
from tests.conftest import NOW

pytestmark = pytest.mark.browser
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.fixture
def statement(plan, owner, compensation_admin, executive, open_as):
    """The owner's for January: run by compensation, approved by an executive."""
    page = open_as(compensation_admin, "/runs/")
    page.get_by_label("What to run").select_option(label=f"January 2026 · year 1 of {plan}")
    page.get_by_role("button", name="Run it").click()
    expect(page.get_by_role("heading", name="Reading the facts")).to_be_visible()
    run = go_on(Run.objects.get())
    page.goto(page.url)
    expect(page.get_by_role("button", name="Approve and lock")).to_have_count(0)
    open_as(executive, f"/runs/{run.pk}/").get_by_role("button", name="Approve and lock").click()
    expect(page.get_by_text("Approved and locked")).to_be_visible()
    go_on(run)
    return Statement.objects.get(run=run, member__salesperson=owner)


@pytest.fixture
def dispute(statement, owner, open_as, page):
    """The owner opened it on a phone, at the second attempt."""
    page.set_viewport_size(PHONE)
    open_as(owner, f"/statements/kept/{statement.pk}/dispute/")
    page.get_by_label("Line").select_option("new_revenue")
    text = page.get_by_label("What is wrong, and what you expected")
    text.fill("   ")
    page.get_by_role("button", name="Dispute the line").click()
    expect(page.get_by_text("This field is required")).to_be_visible()
    text.fill("Order 10432 is missing.")
    page.get_by_role("button", name="Dispute the line").click()
    expect(page.get_by_text("Compensation answers by 8 December")).to_be_visible()
    page.set_viewport_size(DESK)
    return Dispute.objects.get()


def test_what_was_wrong_is_paid_with_the_next_run(dispute, plan, compensation_admin, executive, open_as):
    page = open_as(compensation_admin, f"/disputes/{dispute.pk}/")
    page.get_by_label("Correct the line by").fill("0")
    page.get_by_label("Why it was wrong").fill("The order came late.")
    page.get_by_role("button", name="Uphold: the line was wrong").click()
    expect(page.get_by_text("A correction of nothing is none")).to_be_visible()
    expect(page.get_by_label("Why it was wrong")).to_have_value("The order came late.")
    page.get_by_label("Correct the line by").fill("25.50")
    page.get_by_role("button", name="Uphold: the line was wrong").click()
    expect(page.get_by_text("waits for a second person to approve it")).to_be_visible()
    open_as(executive, "/runs/adjustments/")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Approve those ticked").click()
    expect(page.get_by_text("1 adjustment approved")).to_be_visible()
    year = plan.years.get(number=1)
    february = year.starts_on.replace(month=2, day=28)
    told = {"kind": "accrual", "through": february, "acting_user": compensation_admin, "at": NOW}
    run = go_on(actions.start_run(year, **told))
    open_as(executive, f"/runs/{run.pk}/").get_by_role("button", name="Approve and lock").click()
    expect(page.get_by_text("1 adjustment settled here")).to_be_visible()
    settled = Adjustment.objects.get()
    assert (settled.settled_in, settled.amount) == (run, Decimal("25.50"))
    open_as(dispute.opened_by, f"/disputes/{dispute.pk}/")
    expect(page.get_by_text(f"settled with {run}")).to_be_visible()
