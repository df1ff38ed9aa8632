"""Charts of results as SVG, drawn in one piece: a page has a dozen of each."""

from collections.abc import Iterable, Mapping
from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from firm.templatetags.words import percent
from report_cards import rules
from report_cards.models import Answer, Response
from report_cards.queries import BehaviourRow, FirmSpread

register = template.Library()


@register.filter
def words_bar(counts: Mapping[str, int]) -> SafeString:
    """The five words side by side, each as wide as it was often chosen."""
    total = sum(counts.get(word, 0) for word in rules.WORDS) or 1
    pieces, x = [], 0.0
    for word in rules.WORDS:
        wide = counts.get(word, 0) * 160 / total
        pieces.append((word, f"{x:.1f}", f"{wide:.1f}"))
        x += wide
    said = ", ".join(f"{counts.get(word, 0)} {word}" for word in rules.WORDS)
    parts = format_html_join("", '<rect class="said-{}" x="{}" y="2" width="{}" height="12"/>', pieces)
    return format_html('<svg class="said" viewBox="0 0 160 16" role="img" aria-label="{}">{}</svg>', said, parts)


@register.filter
def trend_line(row: BehaviourRow) -> SafeString:
    """Twelve months as a line; a month that shows no number interrupts nothing, the last one is a dot."""
    step = 116 / max(len(row.trend) - 1, 1)
    places = [(2 + n * step, 28 - float(share) * 26) for n, share in enumerate(row.trend) if share is not None]
    if not places:
        return format_html('<span class="small muted">{}</span>', "no month yet")
    told = ", ".join("–" if share is None else percent(share) for share in row.trend)
    return format_html(
        '<svg class="spark {}" viewBox="0 0 120 30" role="img" aria-label="{} over twelve months: {}">'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="2.5"/></svg>',
        row.tone,
        row.behaviour.name,
        told,
        " ".join(f"{x:.1f},{y:.1f}" for x, y in places),
        *(f"{place:.1f}" for place in places[-1]),
    )


@register.simple_tag
def firm_strip(row: BehaviourRow, spreads: Mapping[str, FirmSpread]) -> SafeString | str:
    """Where a share lies beside the middle half of the firm's salespeople; nothing with fewer than five of them."""
    spread = spreads.get(row.behaviour.key)
    if spread is None or row.result.share is None:
        return ""
    return format_html(
        '<svg class="strip" viewBox="0 0 400 12" role="img" aria-label="{}">'
        '<line class="strip-bed" x1="0" x2="400" y1="6" y2="6"/>'
        '<rect class="strip-half" x="{}" y="2" width="{}" height="8" rx="4"/>'
        '<line class="strip-median" x1="{}" x2="{}" y1="1" y2="11"/>'
        '<circle class="strip-you" cx="{}" cy="6" r="4"/></svg>',
        f"Half of the firm’s salespeople lie between {percent(spread.quarter)} and "
        f"{percent(spread.three_quarters)}; here it is {percent(row.result.share)}",
        f"{spread.quarter * 400:.1f}",
        f"{spread.width * 400:.1f}",
        f"{spread.median * 400:.1f}",
        f"{spread.median * 400:.1f}",
        f"{float(row.result.share) * 400:.1f}",
    )


@register.filter
def of_behaviour(found: Mapping[str, object] | None, row: BehaviourRow) -> object:
    """What belongs to a row's behaviour, by its key."""
    return (found or {}).get(row.behaviour.key, "")


@register.filter
def words_cells(row: BehaviourRow) -> SafeString:
    """The counts of the five words and of “can't judge” as table cells."""
    words = (*rules.WORDS, rules.CANT_JUDGE)
    return format_html_join("", '<td class="num end">{}</td>', ((row.counts.get(word, 0),) for word in words))


@register.filter
def trend_cells(row: BehaviourRow) -> SafeString:
    """The shares of twelve months as table cells."""
    return format_html_join("", '<td class="num end">{}</td>', ((percent(share),) for share in row.trend))


@register.filter
def month_heads(months: Iterable[date]) -> SafeString:
    """The months as headings of a table."""
    return format_html_join("", '<th scope="col" class="end">{}</th>', ((month.strftime("%b %y"),) for month in months))


@register.filter
def name_of(response: Response, answer: Answer) -> str:
    """What the answer is about, in the words of the card that was asked; asks the database for nothing."""
    behaviours = response.invitation.round.card.behaviours.all()
    return next((one.name for one in behaviours if one.key == answer.behaviour_key), answer.behaviour_key)
