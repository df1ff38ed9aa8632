"""Telling the rated and their managers that a month's results are in: once a round, with the page's own words."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.queries import managers_above
from firm.actions import notify, post_mail
from firm.letters import inlined
from report_cards.models import Round
from report_cards.queries import Results, led_by, results_of, results_of_each


@dataclass(frozen=True)
class News:
    """What one person is mailed: the summary of their page, and its address."""

    user: User
    results: Results
    url: str
    what: str


def announce_results(round_: Round) -> None:
    """Notify and mail everybody who was rated, and the nearest manager of each.

    Belongs into the transaction that closes the round: with it the mails are in the outbox once, without it never.
    """
    rated = list(User.objects.active().filter(invitations__round=round_).distinct())
    own = results_of_each(round_, [person.pk for person in rated])
    for person in rated:
        _tell(News(person, own[person.pk], reverse("results"), "Your results"))
    nearest = {above[0] for person in rated if (above := managers_above(person))}
    for manager in User.objects.active().filter(pk__in=nearest):
        team = results_of(round_, led_by(manager).values_list("pk", flat=True))
        _tell(News(manager, team, reverse("team_results"), "Your teams’ results"))


def _tell(news: News) -> None:
    round_ = news.results.round
    address = f"{news.url}?month={round_.month:%Y-%m}"
    facts = {"news": news, "results": news.results, "link": f"{settings.ORIGIN}{address}"}
    html = render_to_string("report_cards/mail/results.html", facts)
    notify(news.user, f"The results of {round_} are in.", url=address, key=f"results-{round_.pk}-{news.url}")
    post_mail(
        to=news.user.email,
        subject=f"{news.what} of {round_}",
        text=render_to_string("report_cards/mail/results.txt", facts),
        html=inlined(html),
    )
