"""Salespeople by file: roles, managers, teams."""

from accounts.models import RoleChange, Team, User

HEADER = "employee_number,name,email,manager_email,title\n"


def line(number, name, manager=""):
    return f"{number},{name},{name.lower()}@x.example,{manager and manager + '@x.example'},Seller\n"


def reasons(run):
    return [(error["line"], error["reason"]) for error in run.errors]


def test_managers_get_nested_teams(load):
    run = load("salespeople", HEADER + line(1, "Ada", "bo") + line(2, "Bo", "cy") + line(3, "Cy"))
    ada, bo, cy = User.objects.order_by("name")
    assert run.created == 3
    assert (ada.team.manager, bo.team.manager, cy.team) == (bo, cy, None)
    assert (ada.team.parent, ada.roles, bo.roles) == (bo.team, ["salesperson"], ["salesperson", "manager"])


def test_a_moved_person_and_a_new_title_are_updates(load):
    load("salespeople", HEADER + line(1, "Ada", "cy") + line(2, "Bo") + line(3, "Cy"))
    run = load("salespeople", HEADER + line(1, "Ada", "bo") + line(2, "Bo") + line(3, "Cy"))
    assert (run.updated, run.unchanged) == (2, 1)
    assert User.objects.get(name="Ada").team.manager.name == "Bo"


def test_a_team_renamed_here_is_kept(load):
    load("salespeople", HEADER + line(1, "Ada", "bo") + line(2, "Bo"))
    Team.objects.update(name="Harbour")
    assert load("salespeople", HEADER + line(1, "Ada", "bo") + line(2, "Bo")).unchanged == 2
    assert Team.objects.get().name == "Harbour"


def test_bad_rows_and_those_who_lean_on_them(load):
    text = (
        HEADER
        + line(1, "Ada", "bo")
        + line(2, "Bo", "nobody")
        + line(3, "Cy", "di")
        + line(4, "Di", "cy")
        + line(5, "Ed")
        + "5,Twice,twice@x.example,,\n6,Odd,not an address,,\n"
    )
    run = load("salespeople", text)
    assert run.created == 1
    assert reasons(run) == [
        (2, "manager_email bo@x.example is nobody here or in a good row"),
        (3, "manager_email nobody@x.example is nobody here or in a good row"),
        (4, "manager_email leads back to this person"),
        (5, "manager_email leads back to this person"),
        (7, "employee_number is the same as on line 6"),
        (8, "email “not an address” is not an e-mail address"),
    ]


def test_a_circle_through_people_already_here(load):
    load("salespeople", HEADER + line(1, "Ada", "bo") + line(2, "Bo"))
    run = load("salespeople", HEADER + line(2, "Bo", "ada"))
    assert reasons(run) == [(2, "manager_email leads back to this person")]


def test_numbers_and_addresses_that_disagree(load):
    load("salespeople", HEADER + line(1, "Ada") + line(2, "Bo"))
    run = load("salespeople", HEADER + "1,Ada,new@x.example,,\n7,Bo,bo@x.example,,\n")
    assert reasons(run) == [(2, "employee_number 1 belongs to ada@x.example"), (3, "email belongs to employee 2")]


def test_who_was_deactivated_stays_so(load):
    load("salespeople", HEADER + line(1, "Ada"))
    User.objects.update(is_active=False)
    run = load("salespeople", HEADER + line(1, "Ada"))
    assert reasons(run) == [(2, "Ada is deactivated here; reactivate them first")]


def test_nobody_gives_themselves_roles(load, administrator):
    own = f"1,Adam Min,{administrator.email},,\n"
    run = load("salespeople", HEADER + own + line(2, "Bo"), acting_user=administrator)
    administrator.refresh_from_db()
    assert (administrator.roles, run.created) == (["administrator"], 1)
    assert reasons(run) == [(2, "you can't give yourself roles; ask another administrator")]


def test_given_roles_are_noted(load, administrator):
    load("salespeople", HEADER + line(1, "Ada", "bo") + line(2, "Bo"), acting_user=administrator)
    noted = RoleChange.objects.order_by("user__name", "-role").values_list("user__name", "role", "asked_by__name")
    assert list(noted) == [
        ("Ada", "salesperson", "Adam Min"),
        ("Bo", "salesperson", "Adam Min"),
        ("Bo", "manager", "Adam Min"),
    ]


def test_few_queries_for_many(load, django_assert_max_num_queries):
    text = HEADER + "".join(line(i, f"P{i}", "p0" if i else "") for i in range(300))
    with django_assert_max_num_queries(40):
        assert load("salespeople", text).created == 300
