"""Tags and birthdays come by file, too, and go with its undo."""

import pytest

from customers.actions import begin_undo
from customers.models import Contact, Customer, Occasion
from customers.rules.headings import guess
from desk.tasks import undo_imports
from tests.conftest import NOW

HEADER = "customer_code,name,contact_name,contact_email,birthday,tags\n"
ROW = "K1,Kiln,Ada,ada@x.example,1980-03-31,Pottery; fairs\n"


def days():
    return [*Occasion.objects.order_by("pk").values_list("contact__name", "kind", "month", "day", "year")]


def tags(code):
    return sorted(tag.name for tag in Customer.objects.get(code=code).tags.all())


def test_they_are_kept_and_added_to(load):
    assert load("customers", HEADER + ROW).created == 1
    assert (days(), tags("K1")) == ([("Ada", "birthday", 3, 31, 1980)], ["Pottery", "fairs"])
    assert load("customers", HEADER + ROW).unchanged == 1
    again = load("customers", HEADER + "K1,Kiln,Ada,ada@x.example,01.04.,POTTERY;clay\n")
    assert again.updated == 1
    assert (days(), tags("K1")) == ([("Ada", "birthday", 4, 1, 1980)], ["Pottery", "clay", "fairs"])


def test_undo_takes_them_back(load, administrator):
    load("customers", HEADER + ROW)
    run = load("customers", HEADER + "K1,Kiln,Ada,ada@x.example,1981-04-01,clay\nK2,New,Bo,b@x.example,--02-29,clay\n")
    assert run.counts == "created 1, updated 1, unchanged 0, failed 0"
    begin_undo(run, is_rest=False, acting_user=administrator, at=NOW)
    undo_imports()
    run.refresh_from_db()
    assert (run.state, run.refusal) == ("undone", [])
    assert (days(), tags("K1")) == ([("Ada", "birthday", 3, 31, 1980)], ["Pottery", "fairs"])
    assert not Customer.objects.filter(code="K2").exists()


def test_contacts(load):
    text = "contact_name,contact_email,name,birthday,tags\nAda,ada@x.example,Kiln,12.03.1980,clay\nBo,,Kiln,,oak\n"
    assert load("contacts", text).failed == 0
    assert days() == [("Ada", "birthday", 3, 12, 1980)]
    assert sorted(tag.name for tag in Customer.objects.get(name="Kiln").tags.all()) == ["clay", "oak"]
    assert Contact.objects.count() == 2


@pytest.mark.parametrize(
    ("birthday", "reason"),
    [
        ("3/4/1980", "birthday “3/4/1980” can be read in two ways; write it as 1980-03-31"),
        ("1980-02-30", "birthday “1980-02-30” is no day of the year"),
        ("spring", "birthday “spring” is not a day such as 1980-03-31 or 31.03."),
    ],
)
def test_what_is_no_birthday(load, birthday, reason):
    run = load("customers", HEADER + f"K1,Kiln,Ada,ada@x.example,{birthday},\n")
    assert [error["reason"] for error in run.errors] == [reason]


def test_three_slashes_that_can_be_read_one_way(load):
    load("customers", HEADER + "K1,Kiln,Ada,,3/31/1980,\nK2,Kiln,Bo,,4/4/1980,\nK3,Kiln,Cy,,31/3/1980,\n")
    assert [day[2:] for day in days()] == [(3, 31, 1980), (4, 4, 1980), (3, 31, 1980)]


def test_too_many_tags(load):
    run = load("customers", HEADER + f"K1,Kiln,,,,{'; '.join(f't{i}' for i in range(21))}\n")
    assert "At most 20 tags" in run.errors[0]["reason"]


@pytest.mark.parametrize("heading", ["Date of birth", "Birthdate", "Birthday", "Geburtstag", "Date de naissance"])
def test_headings_of_others(heading):
    assert guess("contacts", ["Full Name", heading, "Tags"]) == ["contact_name", "birthday", "tags"]
