"""Teams, who manages them, and what they stand under."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Team


def test_add_a_team(administrator, manager, parent_team, signed_in):
    data = {"name": "West", "manager": manager.pk, "parent": parent_team.pk}
    assert signed_in(administrator).post("/teams/add/", data).status_code == 302
    assert Team.objects.get(name="West").parent == parent_team


def test_a_manager_holds_the_role(administrator, owner, signed_in):
    page = signed_in(administrator).post("/teams/add/", {"name": "West", "manager": owner.pk})
    assert page.status_code == 200
    assert not Team.objects.filter(name="West").exists()


def test_no_team_stands_under_itself(administrator, team, parent_team, signed_in):
    data = {"name": parent_team.name, "parent": team.pk}
    page = signed_in(administrator).post(f"/teams/{parent_team.pk}/", data)
    assert "cannot stand under itself" in page.text
    assert Team.objects.get(pk=parent_team.pk).parent is None


def test_only_an_empty_team_goes(administrator, team, owner, signed_in):
    browser = signed_in(administrator)
    assert "still has people" in browser.post(f"/teams/{team.pk}/remove/", follow=True).text
    empty = Team.objects.create(name="Empty")
    browser.post(f"/teams/{empty.pk}/remove/")
    assert not Team.objects.filter(pk=empty.pk).exists()


def test_the_list_takes_the_same_queries_at_any_length(administrator, team, signed_in):
    browser = signed_in(administrator)
    browser.get("/teams/")
    counts = []
    for names in (["A"], [f"Team {number}" for number in range(20)]):
        Team.objects.bulk_create(Team(name=name, manager=team.manager, parent=team) for name in names)
        with CaptureQueriesContext(connection) as captured:
            browser.get("/teams/")
        counts.append(len(captured))
    assert counts[0] == counts[1]
