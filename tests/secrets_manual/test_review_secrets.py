"""“Still true?”: the owner's due secrets one after another, each answer undone as easily as given."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from secrets_manual.actions import ask_later, confirm_secret, hush_secret, unanswer_secret
from secrets_manual.models import Secret, SecretRead
from secrets_manual.queries import history_of
from tests.conftest import NOW

LATER = NOW + timedelta(days=200)


@pytest.fixture(autouse=True)
def half_a_year_later(time_machine):
    time_machine.move_to(LATER, tick=False)


@pytest.fixture
def queue(signed_in):
    def get(user):
        return signed_in(user).get(reverse("review_secrets")).content.decode()

    return get


@pytest.fixture
def answer(signed_in):
    def post(user, verb, secret, **data):
        return signed_in(user).post(reverse(verb, args=[secret.pk]), {"back": "review"} | data, follow=True)

    return post


def test_longest_waiting_first_and_how_many_are_left(queue, written, owner):
    written(text="The newer one.")
    older = written(text="The older one.")
    Secret.objects.filter(pk=older.pk).update(ask_again_on=NOW.date())
    seen = queue(owner)
    assert "2 left" in seen
    assert "The older one." in seen
    assert "The newer one." not in seen
    assert SecretRead.objects.get().why == "still true?"


def test_only_own_customers(queue, secret, owner, colleague, manager):
    assert "1 left" in queue(owner)
    assert "Everything is fresh" in queue(colleague)
    assert "Everything is fresh" in queue(manager)


def test_yes_and_undo(answer, secret, owner):
    page = answer(owner, "confirm_secret", secret)
    assert page.redirect_chain[-1][0] == reverse("review_secrets")
    secret.refresh_from_db()
    assert secret.confirmed_at == LATER
    answer(owner, "unanswer_secret", secret)
    secret.refresh_from_db()
    assert (secret.confirmed_at, secret.ask_again_on) == (NOW, (NOW + timedelta(days=180)).date())


def test_no_removes_and_undo_puts_back(answer, secret, owner, queue):
    assert b"Taken out of the manual" in answer(owner, "remove_secret", secret).content
    assert "Everything is fresh" in queue(owner)
    answer(owner, "restore_secret", secret)
    assert "1 left" in queue(owner)


def test_undo_of_no_stays_in_the_queue(signed_in, secret, owner):
    client = signed_in(owner)
    page = client.post(reverse("remove_secret", args=[secret.pk]), {"back": "review"}, follow=True)
    undo = reverse("restore_secret", args=[secret.pk]) + "?back=review"
    assert f'action="{undo}"' in page.text
    assert client.post(undo)["Location"] == reverse("review_secrets")


@pytest.mark.parametrize(("span", "days"), [("week", 7), ("month", 30), ("nonsense", 7)])
def test_later(answer, secret, owner, span, days):
    answer(owner, "ask_later", secret, span=span)
    secret.refresh_from_db()
    assert secret.ask_again_on == (LATER + timedelta(days=days)).date()
    assert secret.confirmed_at == NOW
    unanswer_secret(secret, acting_user=owner)
    secret.refresh_from_db()
    assert secret.ask_again_on == (NOW + timedelta(days=180)).date()


def test_change_comes_back_to_the_queue(signed_in, secret, owner):
    client = signed_in(owner)
    page = client.get(reverse("change_secret", args=[secret.pk]), {"back": "review"})
    assert b'name="back" value="review"' in page.content
    fields = {"category": secret.category.key, "sensitivity": "shared", "audiences": ["sales"], "seen_version": 1}
    sent = client.post(page.request["PATH_INFO"], fields | {"text": "Swims at noon.", "back": "review"})
    assert sent.url == reverse("review_secrets")


def test_who_confirmed_is_kept(secret, owner, colleague):
    confirm_secret(secret, acting_user=colleague, at=LATER)
    secret.refresh_from_db()
    change = history_of(secret, owner)[0]
    assert (change.by, change.deed) == (colleague.name, "Still true")


def test_undo_is_for_ones_own_last_answer(secret, owner, colleague):
    confirm_secret(secret, acting_user=colleague, at=LATER)
    with pytest.raises(ValidationError):
        unanswer_secret(secret, acting_user=owner)
    confirm_secret(secret, acting_user=owner, at=LATER + timedelta(hours=1))
    hush_secret(secret, acting_user=colleague)
    with pytest.raises(ValidationError):
        unanswer_secret(secret, acting_user=owner)


def test_undo_twice_is_refused(secret, owner):
    ask_later(secret, until=(LATER + timedelta(days=7)).date(), acting_user=owner)
    unanswer_secret(secret, acting_user=owner)
    with pytest.raises(ValidationError):
        unanswer_secret(secret, acting_user=owner)


def test_query_count_is_constant(signed_in, written, owner, django_assert_max_num_queries):
    client, counts = signed_in(owner), []
    for more in (1, 19):
        for _ in range(more):
            written()
        with django_assert_max_num_queries(20) as seen:
            assert client.get(reverse("review_secrets")).status_code == 200
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(open_as, written, owner, time_machine):
    for place, text in enumerate(["First.", "Second.", "Third."]):
        one = written(text=text)
        Secret.objects.filter(pk=one.pk).update(ask_again_on=NOW.date() + timedelta(days=place))
    page = open_as(owner, reverse("review_secrets"))
    for key, text, left in (("y", "First.", 2), ("l", "Second.", 1), ("u", "Third.", 2), ("l", "Second.", 1)):
        page.wait_for_selector(f"h2:has-text('{text}')")
        page.keyboard.press(key)
        page.wait_for_selector(f".head .label:has-text('{left} left')")
    page.keyboard.press("n")
    page.wait_for_selector("text=Everything is fresh")
    assert list(Secret.objects.exclude(removed_at=None).values_list("texts__plain", flat=True)) == ["Third."]
