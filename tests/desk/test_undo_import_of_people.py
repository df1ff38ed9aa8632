"""An import of salespeople is taken back at once; who did anything since stays, and with them whom they lean on."""

import io

import pytest

from accounts.models import RoleChange, Team, User
from customers.actions import hand_over, run_import
from customers.models import ImportChange
from desk.tasks import undo_imports
from tests.conftest import NOW

HEADER = "employee_number,name,email,manager_email,title\n"


def line(number, name, manager=""):
    return f"{number},{name},{name.lower()}@x.example,{manager and manager + '@x.example'},Seller\n"


def state():
    """Everything an import of people touches, but for keys."""
    people = User.objects.order_by("pk").values_list("email", "name", "title", "roles", "team__name", "employee_number")
    return [*people], [*Team.objects.order_by("pk").values_list("name", "manager__email", "parent__name")]


@pytest.fixture
def load(firm):
    def load(kind, text):
        told = {"file_name": "f.csv", "dry_run": False, "acting_user": None, "at": NOW}
        return run_import(kind, io.BytesIO(text.encode()), **told)

    return load


@pytest.fixture
def undo(signed_in, administrator):
    def undo(run, what="all"):
        page = signed_in(administrator).post(f"/imports/{run.pk}/undo/", {"what": what}, follow=True)
        undo_imports()
        run.refresh_from_db()
        return page

    return undo


def test_everybody_becomes_who_they_were(load, undo, owner, manager, administrator):
    before = state()
    mark = f"77,{owner.name},{owner.email},ada@x.example,Chief\n"
    run = load("salespeople", HEADER + line(1, "Ada", "bo") + line(2, "Bo") + mark)
    assert run.counts == "created 2, updated 1, unchanged 0, failed 0"
    owner.refresh_from_db()
    assert (owner.team.manager.name, owner.title) == ("Ada", "Chief")
    undo(run)
    assert (run.state, run.refusal, state()) == ("undone", [], before)
    assert not RoleChange.objects.filter(user__email__endswith="@x.example").exists()
    assert ImportChange.objects.count() == 0
    assert load("salespeople", HEADER + line(1, "Ada", "bo") + line(2, "Bo")).created == 2


def test_roles_taken_back_are_told(load, undo, service_agent, administrator):
    run = load("salespeople", HEADER + f"9,{service_agent.name},{service_agent.email},,\n")
    service_agent.refresh_from_db()
    assert "salesperson" in service_agent.roles
    undo(run)
    service_agent.refresh_from_db()
    assert "salesperson" not in service_agent.roles
    told = RoleChange.objects.filter(user=service_agent).order_by("id").values_list("role", "given", "asked_by__name")
    assert [*told] == [("salesperson", True, None), ("salesperson", False, administrator.name)]


def own_a_customer(user, customer, manager):
    hand_over(customer, to=user, since=NOW.date(), reason="", acting_user=manager, at=NOW)


def sign_in(user, customer, manager):
    User.objects.filter(pk=user.pk).update(last_login=NOW)


def change_name(user, customer, manager):
    User.objects.filter(pk=user.pk).update(name="Adele")


@pytest.mark.parametrize(
    ("touch", "reason"),
    [(own_a_customer, "has customers since"), (sign_in, "was changed since"), (change_name, "was changed since")],
)
def test_who_did_anything_since_stays(load, undo, customer, manager, signed_in, administrator, touch, reason):
    run = load("salespeople", HEADER + line(1, "Ada", "bo") + line(2, "Bo") + line(3, "Cy") + line(4, "Di", "cy"))
    touch(User.objects.get(email="ada@x.example"), customer, manager)
    kept = state()
    undo(run)
    assert (run.state, state()) == ("done", kept)
    ada = User.objects.get(email="ada@x.example").name
    assert [(one["name"], one["reason"]) for one in run.refusal] == [(ada, reason), ("Bo", f"{ada} stays in the team")]
    page = signed_in(administrator).get(f"/imports/{run.pk}/undo/").text
    assert f"{ada} stays in the team" in page
    assert "deactivated" in page
    undo(run, "rest")
    assert run.state == "undone"
    assert sorted(User.objects.filter(email__endswith="@x.example").values_list("name", flat=True)) == [ada, "Bo"]
    assert Team.objects.filter(manager__name="Bo").exists()
    assert not Team.objects.filter(manager__name="Cy").exists()


def test_somebody_moved_into_a_new_team_holds_its_manager(load, undo, colleague):
    run = load("salespeople", HEADER + line(1, "Ada", "bo") + line(2, "Bo"))
    User.objects.filter(pk=colleague.pk).update(team=Team.objects.get(manager__name="Bo"))
    undo(run)
    assert [(one["name"], one["reason"]) for one in run.refusal] == [("Bo", f"{colleague.name} stays in the team")]
    undo(run, "rest")
    assert [*User.objects.filter(email__endswith="@x.example").values_list("name", flat=True)] == ["Bo"]


def test_nobody_takes_roles_from_themselves(load, undo, administrator, owner):
    run = load("salespeople", HEADER + f"9,{administrator.name},{administrator.email},,\n" + line(1, "Ada"))
    undo(run)
    assert [one["reason"] for one in run.refusal] == ["you can’t take roles from yourself"]
    undo(run, "rest")
    administrator.refresh_from_db()
    assert administrator.roles == ["salesperson", "administrator"]
    assert not User.objects.filter(name="Ada").exists()


def test_teams_nested_by_the_import_stand_alone_again(load, undo, manager):
    before = state()
    run = load("salespeople", HEADER + f"5,{manager.name},{manager.email},bo@x.example,\n" + line(2, "Bo"))
    assert state() != before
    undo(run)
    assert (run.refusal, state()) == ([], before)
