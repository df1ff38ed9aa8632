"""A firm of any number of salespeople with a year of sales and answers. Its numbers are the same at every making."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from django.db import connection, transaction

from accounts.models import Role, User
from compensation.actions import add_plan, approve_plan
from compensation.models import BonusPlan
from firm.models import Firm
from report_cards.models import Behaviour, ReportCard, Round

MADE: Final = datetime(2025, 1, 2, 9, tzinfo=UTC)
YEAR: Final = 2025
CUSTOMERS_EACH: Final = 8
BEHAVIOURS: Final = (
    ("relationship", "listening", 4000),
    ("relationship", "follow-up", 3000),
    ("relationship", "keeps-promises", 3000),
    ("secret_gathering", "asks-about-my-world", 6000),
    ("secret_gathering", "remembers", 4000),
)
# Triggers and foreign keys rest meanwhile: they guard people, and this database has none.
FACTS: Final = """
SET LOCAL session_replication_role = replica;
INSERT INTO customers_customer (name, owner_id, kind, code, address, city, region, postal_code, country, tier, how_met)
    SELECT 'Customer ' || n, seller.id, 'organisation', '', '', '', '', '', '', 'standard', ''
    FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM accounts_user
        WHERE roles = '{salesperson}') seller
    JOIN generate_series(0, %(each)s * %(people)s - 1) n ON n / %(each)s = seller.place;
"""


def make_firm(people: int) -> BonusPlan:
    """The firm, its signed card, twelve closed rounds, sales and answers, and an approved plan of one year."""
    Firm.objects.create(name="Ten Thousand Ltd", zone="UTC", currency="EUR")
    maker, signer = _person("Maker", Role.COMPENSATION), _person("Signer", Role.EXECUTIVE)
    User.objects.bulk_create(
        User(email=f"s{number}@firm.example", name=f"Seller {number:05}", roles=[Role.SALESPERSON])
        for number in range(people)
    )
    card = _card(maker, signer)
    plan = add_plan(
        name="Measured",
        template="80-50-30",
        starts_on=date(YEAR, 1, 1),
        currency="EUR",
        target_bonus=Decimal(24000),
        quotas={"new_revenue": Decimal(60000), "continuing_revenue": Decimal(40000)},
        acting_user=maker,
        at=MADE,
        months=12,
    )
    _facts(people, card)
    return approve_plan(plan, acting_user=signer, at=MADE)


def _person(name: str, role: Role) -> User:
    return User.objects.create_user(f"{name.lower()}@firm.example", name=name, roles=[role])


def _card(maker: User, signer: User) -> ReportCard:
    card = ReportCard.objects.create(year=YEAR, version=1, name="Card", first_month=date(YEAR, 1, 1), made_by=maker)
    for position, (measure, key, weight) in enumerate(BEHAVIOURS, 1):
        values = {"measure": measure, "key": key, "name": key, "question": key, "weight_bp": weight}
        Behaviour.objects.create(card=card, position=position, target=Decimal("0.80"), **values)
    card.signed_by, card.signed_at = signer, MADE
    card.save()
    for month in range(1, 13):
        closed = datetime(YEAR + month // 12, month % 12 + 1, 21, tzinfo=UTC)
        first = date(YEAR, month, 1)
        Round.objects.create(month=first, card=card, drawn_at=closed, closes_at=closed, closed_at=closed)
    return card


@transaction.atomic
def _facts(people: int, card: ReportCard) -> None:
    """Each customer buys twice and answers in two rounds."""
    keys = [key for _, key, _ in BEHAVIOURS]
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"each": CUSTOMERS_EACH, "people": people})
        cursor.execute(SALES)
        cursor.execute(INVITATIONS)
        cursor.execute(RESPONSES)
        cursor.execute(ANSWERS, [keys])
        cursor.execute("SET LOCAL session_replication_role = origin")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


SALES: Final = """
INSERT INTO customers_sale (order_number, customer_id, salesperson_id, ordered_on, amount, currency)
    SELECT 'S' || customer.id || '-' || nth, customer.id, customer.owner_id,
        date '2025-01-01' + ((customer.id * 37 + nth * 171) %% 365)::int,
        (3000 + (customer.id * 7919 + nth * 104729) %% 700000 / 100.0)::numeric(14, 2), 'EUR'
    FROM customers_customer customer, generate_series(0, 1) nth
""".replace("%%", "%")
INVITATIONS: Final = """
INSERT INTO report_cards_invitation
    (round_id, customer_id, salesperson_id, address, wording, state, reason, attempts, sent_at)
    SELECT round.id, customer.id, customer.owner_id, 'c' || customer.id || '@firm.example', '{}', 'sent', '', 1,
        round.drawn_at
    FROM customers_customer customer
    JOIN report_cards_round round ON extract(month FROM round.month)::int % 6 = customer.id % 6
"""
RESPONSES: Final = """
INSERT INTO report_cards_response
    (invitation_id, version, first_at, last_at, comment, fit, offered, call_me, who_may_see)
    SELECT id, 1, sent_at, sent_at, '', CASE WHEN id % 5 = 0 THEN 'no' ELSE 'yes' END,
        CASE WHEN id % 5 = 0 THEN id % 3 > 0 END, false, 'nobody'
    FROM report_cards_invitation
"""
ANSWERS: Final = """
INSERT INTO report_cards_answer (response_id, behaviour_key, value, comment, customer_id, salesperson_id, month)
    SELECT response.id, way.key,
        (ARRAY['good', 'excellent', 'good', 'average', 'excellent'])[1 + (response.id * 31 + way.place * 17) %% 5],
        '', invitation.customer_id, invitation.salesperson_id, round.month
    FROM report_cards_response response
    JOIN report_cards_invitation invitation ON invitation.id = response.invitation_id
    JOIN report_cards_round round ON round.id = invitation.round_id,
    unnest(%s::text[]) WITH ORDINALITY way(key, place)
"""
