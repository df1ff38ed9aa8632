"""Search: by the words, errors forgiven, and only what the reader may see."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from secrets_manual.actions import grant_access, log_secret
from secrets_manual.models import Category, Secret, SecretRead
from secrets_manual.queries import find_secrets, search_secrets
from tests.conftest import NOW


def found(user, text):
    return [secret.text for secret in search_secrets(user, text, at=NOW)]


@pytest.mark.parametrize("words", ["sailing", "SAILING", "sailng", "dingi", "sailing dinghy", "sailing dinghi"])
def test_errors_are_forgiven(written, owner, words):
    written(text="Restores an old sailing dinghy.")
    written(text="Collects stamps.")
    assert found(owner, words) == ["Restores an old sailing dinghy."]


@pytest.mark.parametrize("words", ["taqueria", "Taquería", "taquerìa", "taqeria"])
def test_accents_are_forgiven(written, owner, words):
    written(text="Dreams of a Taquería by the sea.")
    assert len(found(owner, words)) == 1


def test_exact_words_come_first(written, owner):
    written(text="Hates failing at anything.")
    written(text="Loves sailing.")
    assert found(owner, "sailing")[0] == "Loves sailing."


def test_only_what_may_be_read(written, request):
    written(text="Loves sailing alone.", sensitivity="relationship", audiences=("sales", "service", "marketing"))
    written(text="Loves sailing with all.", sensitivity="shared", audiences=("sales", "service"))
    written(text="Loves sailing, in debt.", sensitivity="confidential")
    counts = {
        person: len(found(request.getfixturevalue(person), "sailing"))
        for person in ("owner", "colleague", "outsider", "service_agent", "marketer", "executive", "administrator")
    }
    assert counts == {
        "owner": 2,
        "colleague": 2,
        "outsider": 0,
        "service_agent": 1,
        "marketer": 0,
        "executive": 0,
        "administrator": 0,
    }


def test_old_words_are_not_found(written, signed_in, owner):
    secret = written(text="Loves sailing.")
    data = {"text": "Loves stamps.", "category": "habit", "sensitivity": "shared"}
    data |= {"audiences": ["sales"], "seen_version": 1}
    signed_in(owner).post(reverse("change_secret", args=[secret.pk]), data)
    assert (found(owner, "sailing"), found(owner, "stamps")) == ([], ["Loves stamps."])


@pytest.mark.parametrize("words", ["\x00", "'", '"', "a & | !", "%_\\", "x" * 5000, "<script>", "-", "or or"])
def test_odd_words_are_no_error(written, signed_in, owner, words):
    written(text="Loves sailing.")
    assert signed_in(owner).get(reverse("secrets"), {"q": words}).status_code == 200


def test_words_are_escaped(written, signed_in, owner):
    written(text="Loves <script>alert(1)</script> sailing.")
    page = signed_in(owner).get(reverse("secrets"), {"q": "sailing"}).content
    assert b"<script>alert" not in page
    assert b"&lt;script&gt;" in page


def test_by_category(written, signed_in, owner, marketer):
    written(text="Loves sailing.")
    written(text="A kiln that burns nothing.", category=Category.objects.get(key="dream"))
    page = signed_in(owner).get(reverse("secrets"), {"category": "dream"}).content
    assert (b"A kiln" in page, b"Loves sailing" in page) == (True, False)
    assert b"A kiln" not in signed_in(marketer).get(reverse("secrets"), {"category": "dream"}).content


def test_filters(written, signed_in, customer, owner, colleague, outsider):
    theirs = type(customer).objects.create(name="Theirs", owner=colleague)
    written(text="Loves sailing alone.", sensitivity="shared")
    written(text="Loves sailing in debt.", sensitivity="confidential")
    log_secret(
        theirs,
        category=Category.objects.get(key="habit"),
        text="Loves sailing at night.",
        sensitivity="shared",
        audiences=["sales"],
        acting_user=colleague,
        at=NOW,
    )

    def shown(**query):
        page = signed_in(owner).get(reverse("secrets"), query).content.decode()
        cut = re.sub(r"</?mark>", "", page)
        return [words for words in ("alone", "in debt", "at night") if f"Loves sailing {words}." in cut]

    assert shown(q="sailing") == ["alone", "at night"]
    assert shown(q="sailing", whose="mine") == ["alone"]
    assert shown(whose="team") == ["alone", "in debt", "at night"]
    assert shown(sensitivity="confidential") == ["in debt"]
    assert shown(q="sailing", category="habit", whose="team", sensitivity="shared") == ["at night"]
    assert shown(category="nonsense", sensitivity="x", whose="y") == []
    assert shown() == []


def test_pages_keep_the_filters(written, signed_in, owner):
    for number in range(30):
        written(text=f"Loves sailing boat {number}.")
    page = signed_in(owner).get(reverse("secrets"), {"whose": "mine"}).content.decode()
    assert "30 found" in page
    assert "whose=mine&amp;page=2" in page


def test_pages_and_their_reads(written, signed_in, owner):
    for number in range(30):
        written(text=f"Loves sailing boat {number}.")
    client = signed_in(owner)
    assert client.get(reverse("secrets"), {"q": "sailing"}).content.count(b'class="secret"') == 25
    assert SecretRead.objects.count() == 25
    assert client.get(reverse("secrets"), {"q": "sailing", "page": 2}).content.count(b'class="secret"') == 5
    assert SecretRead.objects.filter(user=owner, why="search").count() == 30


def queries_of(client, count, django_assert_max_num_queries):
    with django_assert_max_num_queries(25) as seen:
        page = client.get(reverse("secrets"), {"q": "sailing"})
    assert page.content.count(b'class="secret"') == count
    return len(seen.captured_queries)


def test_query_count_is_constant(written, signed_in, owner, django_assert_max_num_queries):
    client = signed_in(owner)
    # Enough to be found without a look at misspelt ones.
    for number in range(10):
        written(text=f"Loves sailing boat {number}.")
    client.get(reverse("secrets"), {"q": "sailing"})
    one = queries_of(client, 10, django_assert_max_num_queries)
    for number in range(10):
        written(text=f"Loves sailing boat {number}.")
    assert queries_of(client, 20, django_assert_max_num_queries) == one


def ids_of(user, **filters):
    return find_secrets(user, at=NOW, **filters)


@pytest.mark.parametrize("sensitivity", ["confidential", "relationship", "shared"])
def test_filters_find_what_the_reader_reaches_and_no_more(written, request, sensitivity):
    """Owner, author and whoever was let in for a while, each by the way that reaches their secrets."""
    every = ("sales", "service", "marketing")
    by_owner = written(text="Loves sailing.", sensitivity=sensitivity, audiences=every)
    author = request.getfixturevalue("colleague")
    by_colleague = written(text="Hates sailing.", sensitivity=sensitivity, audiences=every, acting_user=author)
    agent, customer = request.getfixturevalue("service_agent"), by_owner.customer
    grant = {"until": NOW + timedelta(days=1), "reference": "case:1", "at": NOW}
    grant_access(customer, user=agent, purpose="case", **grant)
    newest = [by_colleague.pk, by_owner.pk]
    for person in ("owner", "colleague", "outsider", "manager", "service_agent", "marketer", "executive"):
        user = request.getfixturevalue(person)
        allowed = [pk for pk in newest if Secret.objects.visible_to(user, at=NOW).filter(pk=pk).exists()]
        assert ids_of(user, sensitivity=sensitivity) == allowed, person
        assert ids_of(user, sensitivity=sensitivity, whose="mine") == (allowed if person == "owner" else []), person
    assert ids_of(agent, category=by_owner.category, sensitivity=sensitivity) == ids_of(agent, sensitivity=sensitivity)


def test_of_many_customers_the_newest_come_first(written, owner, monkeypatch):
    secrets = [written(text=f"Sails boat {number}.") for number in range(3)]
    few = ids_of(owner, whose="mine")
    monkeypatch.setattr("secrets_manual.queries.search.MANY", 0)
    assert few == ids_of(owner, whose="mine") == [secret.pk for secret in reversed(secrets)]


def test_words_in_every_sentence_do_not_narrow(written, owner):
    written(text="Sails to the Hebrides.")
    assert found(owner, "sails with the Hebrides") == ["Sails to the Hebrides."]
    assert found(owner, "the") == ["Sails to the Hebrides."], "unless nothing else is looked for"


def test_a_filter_does_not_make_words_misspelt(written, owner):
    """With ten exact matches outside the filter nothing alike is offered inside it."""
    for number in range(10):
        written(text=f"Sails boat {number}.", category=Category.objects.get(key="habit"))
    written(text="Sailed once.", category=Category.objects.get(key="dream"))
    dream = Category.objects.get(key="dream")
    assert ids_of(owner, text="sails", category=dream) == []
    assert len(ids_of(owner, text="sailed", category=dream)) == 1
