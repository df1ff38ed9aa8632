"""What came of a use: asked for after two weeks, noted by whoever used it, credited to whoever found it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Team
from firm.models import Notification
from secrets_manual import tasks
from secrets_manual.actions import ask_outcomes, note_outcome, use_secret
from secrets_manual.models import SecretUse
from secrets_manual.queries import credit_of, outcomes_due
from tests.conftest import NOW

DUE = NOW + timedelta(days=14)


@pytest.fixture
def use(secret, colleague):
    return use_secret(secret, reference="", note="a towel by the door", acting_user=colleague, at=NOW, kind="surprise")


def outcome(use, user, result="delighted"):
    note_outcome(use, result=result, outcome="She laughed.", acting_user=user, at=DUE)


def test_asked_once_after_two_weeks(use, colleague):
    assert ask_outcomes(at=DUE - timedelta(minutes=1)) == 0
    assert [ask_outcomes(at=DUE), ask_outcomes(at=DUE)] == [1, 0]
    notice = Notification.objects.get(user=colleague)
    assert notice.text == "What came of your surprise for Aldous & Daughter?"
    assert notice.url == reverse("note_outcome", args=[use.pk])


def test_nobody_is_asked_about_what_is_known(use, colleague):
    outcome(use, colleague)
    assert ask_outcomes(at=DUE) == 0
    assert not Notification.objects.filter(user=colleague).exists()


def test_the_task_runs(use, time_machine):
    time_machine.move_to(DUE)
    tasks.ask_outcomes()
    use.refresh_from_db()
    assert use.asked_at


def test_delight_is_credited_once(use, owner, colleague):
    outcome(use, colleague)
    outcome(use, colleague)
    notice = Notification.objects.get(user=owner, text__contains="delighted")
    assert "Swims" not in notice.text
    assert (credit_of(owner).used, credit_of(owner).delighted) == (1, 1)


@pytest.mark.parametrize("result", ["pleased", "no_matter", "backfired"])
def test_other_results_make_no_noise(use, owner, colleague, result):
    outcome(use, colleague, result)
    assert not Notification.objects.filter(user=owner, text__contains="delighted").exists()


def test_who_may_note_it(signed_in, use, owner, colleague, manager, outsider, service_agent):
    address = reverse("note_outcome", args=[use.pk])
    got = {
        user.name: signed_in(user).get(address).status_code
        for user in (colleague, owner, manager, outsider, service_agent)
    }
    assert list(got.values()) == [200, 200, 404, 404, 404]


def test_page(signed_in, use, colleague, time_machine):
    time_machine.move_to(DUE, tick=False)
    client, address = signed_in(colleague), reverse("note_outcome", args=[use.pk])
    seen = client.get(address).content.decode()
    assert "a towel by the door" in seen
    assert "Swims" not in seen
    assert b"Choose how it went" in client.post(address, {"outcome": "She laughed."}).content
    assert client.post(address, {"result": "delighted", "outcome": "She laughed."}).status_code == 302
    use.refresh_from_db()
    assert (use.result, use.outcome, use.outcome_at) == ("delighted", "She laughed.", DUE)


def test_due_list_is_ones_own(use, owner, colleague):
    assert outcomes_due(colleague, DUE) == [use]
    assert outcomes_due(colleague, NOW) == []
    assert outcomes_due(owner, DUE) == []


def test_credits_page(signed_in, use, owner, colleague):
    outcome(use, colleague)
    seen = signed_in(owner).get(reverse("credits")).content.decode()
    assert "Your secrets were used 1 time, 1 delighted" in seen
    assert "a towel by the door" in seen
    assert "She laughed." in seen


def test_credit_without_words_for_who_may_not_read_any_more(signed_in, use, secret, owner, colleague, firm):
    outcome(use, colleague)
    type(secret.customer).objects.update(owner=colleague)
    owner.team = Team.objects.create(name="Elsewhere")
    owner.save()
    seen = signed_in(owner).get(reverse("credits")).content.decode()
    assert "1 delighted" in seen
    assert "towel" not in seen
    assert "She laughed" not in seen
    assert "Aldous" not in seen


def test_query_count_is_constant(signed_in, written, owner, colleague, django_assert_max_num_queries):
    client, counts = signed_in(owner), []
    for more in (1, 19):
        for _ in range(more):
            use_secret(written(), reference="", note="a towel", acting_user=colleague, at=NOW)
        with django_assert_max_num_queries(20) as seen:
            assert client.get(reverse("credits")).status_code == 200
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
    assert SecretUse.objects.count() == 20
