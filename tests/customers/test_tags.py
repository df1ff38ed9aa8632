"""Tags on a customer, and the tags themselves."""

import pytest
from django.core.exceptions import ValidationError

from customers.actions import add_customer, add_tag, delete_tag, merge_tag, rename_tag, tags_named
from customers.models import Tag
from tests.conftest import NOW


def test_on_and_off_and_on_again(customer, owner, signed_in):
    browser = signed_in(owner)
    browser.post(f"/customers/{customer.pk}/tags/add/", {"name": "  Key   account "})
    tag = Tag.objects.get()
    assert (tag.name, list(customer.tags.all())) == ("Key account", [tag])
    browser.post(f"/customers/{customer.pk}/tags/{tag.pk}/remove/")
    assert not customer.tags.exists()
    browser.post(f"/customers/{customer.pk}/tags/{tag.pk}/restore/")
    assert customer.tags.get() == tag


@pytest.mark.parametrize("name", ["", " ", "a,b", "x" * 41])
def test_a_name_that_will_not_do(customer, owner, signed_in, name):
    signed_in(owner).post(f"/customers/{customer.pk}/tags/add/", {"name": name})
    assert not Tag.objects.exists()


def test_the_same_in_other_case_is_the_same(customer):
    assert add_tag(customer, name="Fair")[1]
    assert not add_tag(customer, name="FAIR")[1]
    assert Tag.objects.count() == 1


def test_rename_merge_delete(customer, owner):
    other = add_customer(name="B", owner=owner, acting_user=owner, at=NOW)
    fair, loyal = add_tag(customer, name="Fair")[0], add_tag(other, name="Loyal")[0]
    add_tag(customer, name="Loyal")
    rename_tag(fair, name="FAIR")
    with pytest.raises(ValidationError, match="Merge this one"):
        rename_tag(fair, name="loyal")
    assert merge_tag(fair, into=loyal) == 1
    assert [tag.name for tag in customer.tags.all()] == ["Loyal"]
    with pytest.raises(ValidationError, match="meanwhile"):
        merge_tag(Tag(pk=0), into=loyal)
    assert delete_tag(loyal) == 2
    assert not Tag.objects.exists()


def test_the_pages(customer, manager, signed_in):
    browser = signed_in(manager)
    tag, other = add_tag(customer, name="Fair")[0], tags_named(["Loyal"])[0]
    assert "1 customer<" in browser.get("/customers/tags/").text
    assert "No such tag" in browser.get("/customers/tags/?q=xyz").text
    path = f"/customers/tags/{tag.pk}/"
    assert "There is a tag" in browser.post(path, {"name": "loyal"}).text
    assert "That is not its name" in browser.post(f"{path}delete/", {"typed": "Loyal"}).text
    assert browser.post(f"{path}merge/", {"into": tag.pk}).status_code == 200
    browser.post(f"{path}merge/", {"into": other.pk})
    assert customer.tags.get() == other
    browser.post(f"/customers/tags/{other.pk}/delete/", {"typed": "loyal"})
    assert not Tag.objects.exists()


def test_one_page_the_same_queries(customer, owner, signed_in, queries_of):
    client = signed_in(owner)
    add_tag(customer, name="One")
    one = queries_of(client, "/customers/tags/")
    for number in range(20):
        add_tag(customer, name=f"Tag {number}")
    assert queries_of(client, "/customers/tags/") == one
