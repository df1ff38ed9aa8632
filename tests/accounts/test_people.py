"""The administrator's list of people, a person's page, and one's own."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from tests.conftest import person


def queries_of(browser, path):
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len(captured)


def test_the_list_takes_the_same_queries_at_any_length(administrator, team, signed_in):
    browser = signed_in(administrator)
    browser.get("/people/")
    few = queries_of(browser, "/people/")
    for number in range(20):
        person(f"Person {number}", Role.SALESPERSON, team=team)
    assert queries_of(browser, "/people/") == few


def test_search_filters_and_pages(administrator, owner, outsider, team, signed_in):
    browser = signed_in(administrator)

    def found(**wanted):
        return [found.name for found in browser.get("/people/", wanted).context["page"]]

    assert found(q="carv") == ["Mark Carver"]
    assert found(role="salesperson") == ["Mark Carver", "Olga Outside"]
    assert found(team=team.pk) == ["Mark Carver"]
    assert found(role="salesperson", sort="team") == ["Mark Carver", "Olga Outside"]
    assert found(gone="1") == []
    assert found(team="x" * 20, page="999")


def test_change_person(administrator, owner, team, signed_in):
    data = {"name": "Mark Cutter", "email": "Mark@Fairwater.example", "title": "Lead", "team": team.pk}
    assert signed_in(administrator).post(f"/people/{owner.pk}/", data).status_code == 302
    owner.refresh_from_db()
    assert (owner.name, owner.email, owner.title) == ("Mark Cutter", "mark@fairwater.example", "Lead")


def test_me_changes_name_and_zone_but_nothing_else(owner, signed_in):
    browser = signed_in(owner)
    data = {"name": "Mark C.", "zone": "Asia/Tokyo", "roles": ["administrator"], "email": "x@y.example"}
    assert browser.post("/me/", data).status_code == 302
    changed = User.objects.get(pk=owner.pk)
    assert (changed.name, changed.zone) == ("Mark C.", "Asia/Tokyo")
    assert (changed.roles, changed.email) == (owner.roles, owner.email)


def test_me_refuses_a_zone_that_is_none(owner, signed_in):
    assert signed_in(owner).post("/me/", {"name": "Mark", "zone": "Mars/Olympus"}).status_code == 200


def test_sensitive_address_does_not_change_by_one_administrator(signed_in, administrator, executive):
    data = {"name": executive.name, "email": "mine@fairwater.example", "title": "", "team": ""}
    response = signed_in(administrator).post(f"/people/{executive.pk}/", data)
    assert "takes two administrators" in response.content.decode()
    executive.refresh_from_db()
    assert executive.email != "mine@fairwater.example"
