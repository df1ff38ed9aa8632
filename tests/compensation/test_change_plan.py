"""Changing a draft: terms, fixed rates, mixes that sum, ways out of what breaks the method."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compensation import actions, rules
from compensation.models import BonusPlan, Component
from compensation.queries import documents
from compensation.rules import mix, outline, ways
from tests.conftest import NOW

TERMS = {
    "name": "Rapport",
    "starts_on": "2026-01-01",
    "months": "36",
    "currency": "EUR",
    "continuing_days": "365",
    "dispute_days": "30",
    "answer_days": "14",
    "rates": "2",
}


@pytest.fixture
def save(draft, planner):
    """``save(months="24")`` keeps the page as it opened, with changes."""
    seen = planner.get(f"/plans/{draft.pk}/change/").context["form"].initial["seen"]

    def post(**changes):
        return planner.post(f"/plans/{draft.pk}/change/", TERMS | {"seen": seen} | changes)

    return post


def weights(plan, number):
    return dict(Component.objects.filter(year__plan=plan, year__number=number).values_list("key", "weight_bp"))


def test_terms_rates_and_weights_are_kept(draft, save):
    response = save(
        name="Bolder",
        pays_monthly="on",
        **{"rate-0-currency": "usd", "rate-0-rate": "0,92", "mix-0-new_revenue": "39.5", "mix-0-relationship": "2.5"},
    )
    assert response.status_code == 302
    draft.refresh_from_db()
    assert (draft.name, draft.pays_monthly, draft.rates) == ("Bolder", True, {"USD": "0.92"})
    assert weights(draft, 1)["new_revenue"] == 3950
    assert sum(weights(draft, 1).values()) == 10_000


BAD = [
    ({"mix-1-relationship": "6"}, "Year 2: the weights sum to 101 %"),
    ({"rate-0-currency": "USD", "rate-0-rate": "a lot"}, "as a decimal, such as 0.92"),
    ({"rate-0-currency": "USD", "rate-0-rate": "0"}, "as a decimal, such as 0.92"),
    ({"rate-0-currency": "US", "rate-0-rate": "1"}, "three letters of ISO 4217"),
    ({"rate-0-currency": "EUR", "rate-0-rate": "1"}, "own currency"),
    ({"starts_on": "2026-01-15"}, "Did you mean 1 January 2026?"),
    ({"months": "0"}, "greater than or equal to 1"),
    ({"answer_days": "0"}, "greater than or equal to 1"),
    ({"answer_days": "367"}, "less than or equal to 366"),
    ({"months": "24"}, "A plan year would go, with the quotas"),
]


def test_bad_input_is_said_beside_its_field_and_nothing_typed_is_lost(draft, save, subtests):
    for changes, said in BAD:
        with subtests.test(**changes):
            page = save(name="Typed before", **changes).text
            assert said in page
            assert 'value="Typed before"' in page
            draft.refresh_from_db()
            assert draft.name == "Rapport"


def test_months_make_and_take_years(draft, save):
    assert save(months="48").status_code == 302
    assert [year.number for year in draft.years.all()] == [1, 2, 3, 4]
    assert weights(draft, 4) == weights(draft, 3)
    assert draft.years.get(number=4).quotas.count() == draft.years.get(number=3).quotas.count() > 0


def test_years_go_once_that_is_meant(draft, save):
    assert save(months="18", drops_years="on").status_code == 302
    assert [year.span.days for year in draft.years.all()] == [365, 181]


def test_the_second_of_two_is_told_and_loses_nothing(draft, save, planner):
    save(dispute_days="60")
    page = save(name="Mine")
    assert "Somebody else wrote “60” meanwhile" in page.content.decode()
    assert 'value="Mine"' in page.content.decode()
    again = save(name="Mine", seen=page.context["form"]["seen"].value())
    assert again.status_code == 302
    draft.refresh_from_db()
    assert (draft.name, draft.dispute_days) == ("Mine", 30)


def test_days_to_answer_are_part_of_what_is_approved(draft, save):
    before = documents.plan_document(draft)
    assert "answer_days" not in before, "a plan approved before they could be chosen keeps its hash"
    save(answer_days="5")
    draft.refresh_from_db()
    after = documents.plan_document(draft)
    assert after["answer_days"] == 5
    assert documents.document_hash(draft) != rules.digest(before)
    said = [text for section in outline.outline(after, dict(Component.Key.choices)) for _, text in section.lines]
    assert "within 30 days of a statement, answered within 5" in said


def test_whoever_changes_it_is_remembered(draft, save, compensation_admin):
    save(name="Other")
    assert [writer.user for writer in draft.writers.all()] == [compensation_admin]


def test_a_button_takes_the_way_out_and_saves_nothing(draft, planner):
    base = f"/plans/{draft.pk}/change/"
    page = planner.post(f"{base}mend/1/from_products/", TERMS | {"name": "Typed"})
    mixes = page.context["mixes"]
    assert mixes.weights[0] == mixes.mixes[0].weights
    assert (mixes.weights[0]["secret_gathering"], sum(mixes.weights[0].values())) == (2500, 10_000)
    assert 'value="Typed"' in page.content.decode()
    assert weights(draft, 1)["secret_gathering"] == 1000
    undone = planner.post(f"{base}undo/", TERMS | {"before": mixes.before})
    assert undone.context["mixes"].weights[0]["secret_gathering"] == 1000


@pytest.mark.parametrize(
    ("path", "place", "expected"),
    [
        ("copy/2", 1, [4000, 4000, 1000, 800, 200]),
        ("template/own-the-customer", 0, [2500, 2500, 2500, 2000, 500]),
        ("mend/1/bolder", 0, [2500, 2500, 2500, 2000, 500]),
        ("mend/2/hold", 1, [4000, 4000, 1000, 800, 200]),
    ],
)
def test_buttons_arrange_the_mix(draft, planner, path, place, expected):
    page = planner.post(f"/plans/{draft.pk}/change/{path}/", TERMS)
    assert [*page.context["mixes"].weights[place].values()] == expected


def test_a_sum_that_is_off_is_filled_in_proportion(draft, planner):
    page = planner.post(f"/plans/{draft.pk}/change/fill/1/", TERMS | {"mix-0-new_revenue": "80"})
    assert sum(page.context["mixes"].weights[0].values()) == 10_000


def test_the_page_says_why_25_and_20_do_not_fit(draft, planner):
    page = planner.post(f"/plans/{draft.pk}/change/check/", TERMS).content.decode()
    assert "25 % secret gathering and 20 % someone else’s solution cannot fit inside its 20 %" in page
    assert "Take it from the product share" in page
    assert "Start bolder" in page


years = st.lists(st.lists(st.integers(0, 50), min_size=5, max_size=5).filter(any), min_size=1, max_size=4).map(
    lambda rows: [dict(zip(mix.COMPONENTS, whole(row), strict=True)) for row in rows]
)


def whole(parts):
    given_ = [10_000 * part // sum(parts) for part in parts]
    given_[parts.index(max(parts))] += 10_000 - sum(given_)
    return given_


@given(years)
def test_every_way_out_sums_and_mends(plan):
    mixes = [rules.YearMix(number, weights) for number, weights in enumerate(plan, 1)]
    for breach in rules.warnings(mixes):
        for way in ways.ways_out(breach, plan):
            mended = [dict(year) for year in plan]
            way.take(mended, breach.year - 1)
            assert all(sum(year.values()) == 10_000 and min(year.values()) >= 0 for year in mended)
            left = rules.warnings([rules.YearMix(n, one) for n, one in enumerate(mended, 1)])
            if way.key != "scale":
                assert (breach.year, breach.kind) not in [(one.year, one.kind) for one in left]


@pytest.mark.parametrize("template", rules.TEMPLATES.values(), ids=str)
def test_templates_sum_and_keep_what_they_promise(template):
    for year in template.years:
        assert sum(year.values()) == 10_000
        assert template.key != "secret-agent" or year["secret_gathering"] >= 2500
        assert template.key != "own-the-customer" or year["outside_solutions"] >= 2000


def test_a_removed_draft_leaves_the_list_and_comes_back(draft, planner, executive):
    planner.post(f"/plans/{draft.pk}/remove/")
    assert planner.get(f"/plans/{draft.pk}/").status_code == 404
    assert not BonusPlan.objects.to_approve_by(executive).exists()
    planner.post(f"/plans/{draft.pk}/restore/")
    assert planner.get(f"/plans/{draft.pk}/").status_code == 200


def test_nobody_writes_on_the_plan_that_pays_them(draft, planner, compensation_admin, outsider):
    draft.members.create(salesperson=compensation_admin, target_bonus=1, changed_by=outsider, changed_at=NOW)
    assert planner.get(f"/plans/{draft.pk}/change/").status_code == 403


def test_an_approved_plan_is_not_changed(plan, planner):
    assert planner.get(f"/plans/{plan.pk}/change/").status_code == 403
    assert not actions.plan_faults(plan)
