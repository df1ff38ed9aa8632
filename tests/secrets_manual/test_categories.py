"""Categories: the administrator keeps them and learns nothing of what is in them."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from secrets_manual import actions, queries
from secrets_manual.models import Category
from tests.conftest import NOW


@pytest.fixture
def send(signed_in, administrator):
    def post(verb, *args, **fields):
        return signed_in(administrator).post(reverse(verb, args=args), fields)

    return post


@pytest.fixture
def dream(db):
    return Category.objects.get(key="dream")


def test_add_one(send, written):
    response = send("add_category", name="Grudge", kind="person", confidential_by_default="on")
    added = Category.objects.get(name="Grudge")
    assert (added.key, added.kind, added.confidential_by_default, added.is_active) == ("grudge", "person", True, True)
    assert response.url == f"{reverse('add_question')}?category=grudge"
    assert written(category=added).category == added


def test_a_name_is_taken_once_and_a_key_never_twice(send):
    assert "of this name" in send("add_category", name="dream", kind="person").content.decode()
    send("add_category", name="Dream!", kind="person")
    assert Category.objects.get(name="Dream!").key == "dream_2"


def test_rename_keeps_its_address(send, dream):
    send("change_category", dream.pk, name="Big dream", kind="person")
    dream.refresh_from_db()
    assert (dream.name, dream.key) == ("Big dream", "dream")


def test_kind_of_one_in_use_stays(send, written, secret):
    category = secret.category
    fields = {"name": category.name, "kind": "organisation"}
    assert "has secrets or answers" in send("change_category", category.pk, **fields).content.decode()
    category.refresh_from_db()
    assert category.kind == "person"


def test_switched_off_keeps_its_secrets(send, signed_in, secret, customer, owner):
    send("switch_off_category", secret.category.pk)
    manual = queries.manual_of(customer, owner, NOW)
    assert secret in manual.secrets
    page = signed_in(owner).get(reverse("log_secret"), {"customer": customer.pk}).content.decode()
    assert f'value="{secret.category.key}"' not in page
    send("switch_on_category", secret.category.pk)
    page = signed_in(owner).get(reverse("log_secret"), {"customer": customer.pk}).content.decode()
    assert f'value="{secret.category.key}"' in page


def test_order(send):
    first, second, *_ = list(Category.objects.filter(kind="person"))
    send("move_category", first.pk, to="down")
    assert list(Category.objects.filter(kind="person"))[:2] == [second, first]


def test_one_in_use_is_never_taken_out(send, secret):
    with pytest.raises(ValidationError):
        actions.remove_category(secret.category, acting_user=None)
    page = send("remove_category", secret.category.pk, name=secret.category.name).content.decode()
    assert "in use" in page
    assert Category.objects.filter(pk=secret.category.pk).exists()


def test_a_removed_secret_is_a_use(secret, owner):
    actions.remove_secret(secret, acting_user=owner, at=NOW)
    assert queries.is_in_use(secret.category)


def test_an_unused_one_goes_after_its_name_is_typed(send, dream):
    assert "not its name" in send("remove_category", dream.pk, name="dreams").content.decode()
    send("remove_category", dream.pk, name="Dream")
    assert not Category.objects.filter(pk=dream.pk).exists()


def test_list_says_in_use_and_no_more(signed_in, administrator, written):
    for _ in range(7):
        written(text="Canaryword.")
    page = signed_in(administrator).get(reverse("categories"))
    assert {one.key for one in page.context["categories"] if one.in_use} == {"recreation_preference"}
    assert "Canaryword" not in page.content.decode()
    assert "7 " not in page.content.decode().split("Recreation", 1)[1][:300]


def test_filters(send, signed_in, administrator, dream):
    send("switch_off_category", dream.pk)
    client, url = signed_in(administrator), reverse("categories")
    assert list(client.get(url, {"state": "off"}).context["categories"]) == [dream]
    assert b"No such category" in client.get(url, {"q": "xyzzy"}).content


def test_list_takes_the_same_queries_however_long(signed_in, administrator, django_assert_max_num_queries):
    client, counts = signed_in(administrator), []
    for more in (1, 19):
        for number in range(more):
            Category.objects.create(key=f"c{more}_{number}", name=f"C {more} {number}", kind="person")
        with django_assert_max_num_queries(7) as seen:
            client.get(reverse("categories"))
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
