"""The read log: the privacy officer's to read, nobody's to change."""

from django.urls import reverse

from secrets_manual.actions import note_reads
from secrets_manual.models import Secret
from tests.conftest import NOW


def test_it_says_who_whose_and_why_and_no_words(signed_in, secret, colleague, privacy_officer):
    note_reads([secret], user=colleague, why="customer page", at=NOW)
    page = signed_in(privacy_officer).get(reverse("reads")).content.decode()
    assert all(words in page for words in ("Ines Okafor", "Aldous &amp; Daughter", "customer page"))
    assert "Swims" not in page


def test_it_outlives_the_secret(signed_in, secret, colleague, privacy_officer):
    note_reads([secret], user=colleague, why="customer page", at=NOW)
    number = secret.pk
    Secret.objects.filter(pk=number).delete()
    assert f"secret {number}" in signed_in(privacy_officer).get(reverse("reads")).content.decode()


def test_query_count_is_constant(signed_in, secret, colleague, privacy_officer, django_assert_max_num_queries):
    client, counts = signed_in(privacy_officer), []
    for more in (1, 19):
        note_reads([secret] * more, user=colleague, why="search", at=NOW)
        with django_assert_max_num_queries(20) as seen:
            assert client.get(reverse("reads")).status_code == 200
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
