"""Chance is drawn in the background: with its progress, in batches that a killed worker or a newer draw may end."""

from datetime import timedelta

import pytest

from compensation import actions
from compensation.actions import chance as drawing
from compensation.models import ChanceDraw, PlanMember
from compensation.queries import simulation
from compensation.queries.past_year import mix_of, past_year
from compensation.tasks import draw_chances
from tests.compensation.makers import turned
from tests.conftest import NOW


@pytest.fixture
def year(rated_year):
    return rated_year


@pytest.fixture
def many(year, owner, compensation_admin):
    for number in range(5):
        someone = type(owner).objects.create_user(f"s{number}@x.example", name=f"S {number}", roles=["salesperson"])
        PlanMember.objects.create(
            plan=year.plan, salesperson=someone, target_bonus=100, changed_by=compensation_admin, changed_at=NOW
        )
        told = {"amount": 100, "changed_by": compensation_admin, "changed_at": NOW}
        for quota in owner.quotas.filter(year=year):
            someone.quotas.create(year=year, kind=quota.kind, **told)
    return year


def ask(client, year, **knobs):
    page = client.get("/simulator/", turned(year, **knobs)).request["QUERY_STRING"]
    return client.post("/simulator/chance/draw/", {"page": page}, follow=True)


def test_it_is_drawn_while_nobody_waits(year, executives):
    page = ask(executives, year).content.decode()
    draw = ChanceDraw.objects.get()
    assert "Chance is being drawn" in page
    assert f"/simulator/chance/{draw.mark}/" in page
    draw_chances()
    shown = executives.get("/simulator/", turned(year))
    for row in shown.context["asked"].simulated.rows:
        assert row.spread[0] <= row.spread[1]
    assert "by chance" in shown.content.decode()
    # As it is written, and as the sliders stood, is the same mix; and the table to take away holds it too.
    assert executives.get("/simulator/").context["range"] == shown.context["range"]
    assert b",,," not in executives.get("/simulator/export/", turned(year)).content


def test_another_mix_is_not_this_one(year, executives):
    ask(executives, year)
    draw_chances()
    other = executives.get("/simulator/", turned(year, k__relationship=20))
    assert other.context["range"] is None
    assert "Draw chance" in other.content.decode()


def test_it_goes_on_where_a_killed_worker_stopped(many, executives, monkeypatch):
    ask(executives, many)
    draw_chances()
    whole = ChanceDraw.objects.get().each
    ask(executives, many)
    monkeypatch.setattr(drawing, "BATCH", 2)
    drawn, calls = simulation.drawn, []

    def killed(*args, **options):
        calls.append(options["first"])
        if len(calls) == 3:
            raise KeyboardInterrupt
        return drawn(*args, **options)

    monkeypatch.setattr(simulation, "drawn", killed)
    with pytest.raises(KeyboardInterrupt):
        draw_chances()
    left = ChanceDraw.objects.get()
    assert (left.done, left.ended_at) == (4, None)
    page = executives.get("/simulator/", turned(many)).content.decode()
    assert f'max="{left.total}" value="4"' in page
    draw_chances()
    assert calls == [0, 2, 4, 4, 6][: len(calls)]
    assert ChanceDraw.objects.get().each == whole


def test_a_newer_draw_takes_its_place(year, executives, executive):
    ask(executives, year)
    old = ChanceDraw.objects.get()
    ask(executives, year, k__relationship=20)
    assert not actions.go_on_drawing(old, at=NOW), "what was computed for the older one is thrown away"
    assert (ChanceDraw.objects.get().done, ChanceDraw.objects.count()) == (0, 1)
    draw_chances()
    assert executives.get("/simulator/", turned(year, k__relationship=20)).context["range"]


def test_it_can_be_cancelled(year, executives):
    ask(executives, year)
    old = ChanceDraw.objects.get()
    page = executives.post("/simulator/chance/cancel/", {"page": f"year={year.pk}"}, follow=True).content.decode()
    assert "Draw chance" in page
    assert not actions.go_on_drawing(old, at=NOW)
    assert not ChanceDraw.objects.exists()


def test_facts_that_changed_meanwhile_are_told(year, executives):
    ask(executives, year)
    ChanceDraw.objects.update(facts="0" * 16)
    draw_chances()
    draw = ChanceDraw.objects.get()
    assert (draw.problem, draw.is_done) == (drawing.STALE, False)
    assert drawing.STALE in executives.get("/simulator/", turned(year)).content.decode()


def test_the_bar_asks_for_itself_alone(year, executives, django_assert_max_num_queries):
    ask(executives, year)
    url, hx = f"/simulator/chance/{ChanceDraw.objects.get().mark}/", {"HX-Request": "true"}
    with django_assert_max_num_queries(6):
        bar = executives.get(url, headers=hx)
    assert "<progress" in bar.text
    assert "Salesperson" not in bar.text
    draw_chances()
    assert executives.get(url, headers=hx)["HX-Refresh"] == "true"


def test_one_does_not_see_anothers_draw(year, executives, compensation_admin, signed_in):
    ask(executives, year)
    draw_chances()
    assert signed_in(compensation_admin).get("/simulator/", turned(year)).context["range"] is None


@pytest.mark.parametrize("page", ["year=999999", "year=x&of=x", "w-new_revenue=%00"])
def test_bad_input_draws_nothing_strange(year, executives, page):
    assert executives.post("/simulator/chance/draw/", {"page": page}).status_code in {302, 404}


def test_a_slider_out_of_its_range_is_not_drawn(year, executives):
    assert "nothing to draw" in ask(executives, year, w__new_revenue=101).content.decode()
    assert not ChanceDraw.objects.exists()


def test_one_that_fails_is_told_and_the_others_go_on(year, executives, executive, compensation_admin, monkeypatch):
    facts, mix = past_year(year, today=NOW.date()), mix_of(year)
    earlier = {"acting_user": compensation_admin, "at": NOW - timedelta(hours=1)}
    actions.draw_chance(year, facts, mix, facts_on=NOW.date(), **earlier)
    ask(executives, year)
    drawn, calls = simulation.drawn, []

    def broken(*args, **options):
        calls.append(options)
        return drawn(*args, **options) if len(calls) > 1 else 1 / 0

    monkeypatch.setattr(simulation, "drawn", broken)
    draw_chances()
    lost, kept = ChanceDraw.objects.get(asked_by=executive), ChanceDraw.objects.get(asked_by=compensation_admin)
    assert (lost.problem, kept.is_done) == (drawing.FAILED, True)
    page = executives.get("/simulator/", turned(year)).text
    assert drawing.FAILED in page
    assert "Draw chance" in page
    assert executive.notifications.filter(text__contains="chance could not be drawn").count() == 1
    ask(executives, year)
    draw_chances()
    assert ChanceDraw.objects.get(asked_by=executive).is_done
