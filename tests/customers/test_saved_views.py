"""Saved views: one's own, renamed, removed and brought back, one that opens by itself."""

import pytest
from django.core.exceptions import ValidationError

from customers.actions import save_view
from customers.models import SavedView

PATH = "/customers/views/"


@pytest.fixture
def view(owner):
    return save_view(user=owner, page="customers", name="Wool", query="q=wool")


def test_save_and_open(customer, owner, signed_in):
    browser = signed_in(owner)
    kept = browser.post(f"{PATH}save/", {"page": "customers", "name": " Wool  works ", "query": "tier=high_value"})
    assert kept["Location"] == "/customers/?tier=high_value"
    assert ">Wool works" in browser.get("/customers/?all=1").text
    over = {"page": "customers", "name": "wool works", "query": "tier=standard"}
    page = browser.post(f"{PATH}save/", over, follow=True).text
    view = SavedView.objects.get()
    assert (view.query, "in place of what it showed before" in page) == ("tier=standard", True)
    undo = f"{PATH}{view.pk}/filters/?query=tier%3Dhigh_value"
    assert f'action="{undo}"' in page
    assert "shows again what it showed before" in browser.post(undo, follow=True).text
    assert SavedView.objects.get().query == "tier=high_value"


def test_a_name_that_will_not_do_leaves_the_list_as_it_was(owner, signed_in):
    sent = {"page": "customers", "name": "   ", "query": "tier=high_value&sort=-name"}
    assert signed_in(owner).post(f"{PATH}save/", sent)["Location"] == "/customers/?tier=high_value&sort=-name"
    evil = signed_in(owner).post(f"{PATH}save/", sent | {"query": "q=a\r\nX-Evil: 1"})
    assert "X-Evil" not in evil.headers


@pytest.mark.parametrize(
    "data", [{"name": ""}, {"name": "x" * 61}, {"page": "elsewhere"}, {"query": "q=" + "x" * 500}, {}]
)
def test_what_will_not_do(owner, signed_in, data):
    signed_in(owner).post(
        f"{PATH}save/", {"page": "customers", "name": "Wool", "query": "q=wool", **data} if data else {}
    )
    assert not SavedView.objects.exists()


def test_own_only(view, owner, colleague, signed_in):
    assert "Wool" not in signed_in(colleague).get(PATH).text
    assert "Wool" not in signed_in(colleague).get("/customers/").text
    for deed in ("rename", "first", "remove", "restore"):
        assert signed_in(colleague).post(f"{PATH}{view.pk}/{deed}/", {"name": "Mine"}).status_code == 404


def test_rename(view, owner, signed_in):
    other = save_view(user=owner, page="customers", name="Other", query="")
    browser = signed_in(owner)
    assert "You have a view" in browser.post(f"{PATH}{other.pk}/rename/", {"name": "wool"}).text
    browser.post(f"{PATH}{other.pk}/rename/", {"name": "WOOLLY"})
    assert SavedView.objects.get(pk=other.pk).name == "WOOLLY"


def test_what_opened_with_the_list_does_so_again(view, owner, signed_in):
    browser = signed_in(owner)
    browser.post(f"{PATH}{view.pk}/first/")
    undo = f"{PATH}{view.pk}/restore/?first=1"
    assert undo in browser.post(f"{PATH}{view.pk}/remove/", follow=True).text
    browser.post(undo)
    assert SavedView.objects.get(pk=view.pk).is_default


def test_remove_and_back(view, owner, signed_in):
    browser = signed_in(owner)
    page = browser.post(f"{PATH}{view.pk}/remove/", follow=True)
    assert f"{PATH}{view.pk}/restore/" in page.text
    assert "No views yet" in page.text
    browser.post(f"{PATH}{view.pk}/restore/")
    assert SavedView.objects.of(owner, "customers").get() == view
    browser.post(f"{PATH}{view.pk}/remove/")
    save_view(user=owner, page="customers", name="wool", query="")
    assert "Rename it first" in browser.post(f"{PATH}{view.pk}/restore/", follow=True).text


def test_one_opens_by_itself(view, owner, signed_in):
    other = save_view(user=owner, page="customers", name="Other", query="tier=standard")
    browser = signed_in(owner)
    browser.post(f"{PATH}{view.pk}/first/")
    browser.post(f"{PATH}{other.pk}/first/")
    assert SavedView.objects.get(is_default=True) == other
    assert browser.get("/customers/")["Location"] == "/customers/?tier=standard"
    assert browser.get("/customers/?all=1").status_code == 200
    browser.post(f"{PATH}{other.pk}/first/")
    assert browser.get("/customers/").status_code == 200


def test_thirty_are_enough(owner):
    for number in range(30):
        save_view(user=owner, page="customers", name=f"View {number}", query="")
    with pytest.raises(ValidationError, match="Remove one first"):
        save_view(user=owner, page="customers", name="One more", query="")
