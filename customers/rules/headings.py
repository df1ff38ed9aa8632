"""What the columns of a file are: ours, those HubSpot, Salesforce and EspoCRM export, and common English, German and
French names. Only facts about names stand here; whatever is guessed, a person confirms on the mapping page."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from customers.rules.files import FileRefused
from customers.rules.rows import COLUMNS, MANY


@dataclass(frozen=True)
class Target:
    """Something a column can be: its name in the importers, and for people."""

    name: str
    label: str
    many: bool = False


ADDRESS = {
    "address": "address, street, street address, street and number, billing street, billing address street, "
    "billing address line 1, mailing street, mailing address street, address street, primary address street, "
    "strasse, anschrift, adresse, strasse und hausnummer, rue, adresse postale",
    "city": "city, town, billing city, billing address city, mailing city, mailing address city, address city, ort, "
    "stadt, wohnort, ville, commune, localite",
    "region": "region, state, state region, province, county, billing state, billing state province, "
    "billing address state, mailing state, mailing state province, mailing address state, address state, bundesland, "
    "kanton, departement, canton",
    "postal_code": "postal code, postcode, zip, zip code, zip postal code, billing zip postal code, "
    "billing postal code, billing zip, billing address postal code, mailing zip postal code, mailing postal code, "
    "mailing address postal code, address postal code, plz, postleitzahl, code postal, cp",
    "country": "country, country region, billing country, billing address country, mailing country, "
    "mailing address country, address country, land, staat, pays",
}
PERSON = {
    "contact_name": "contact name, contact, contact person, primary contact, ansprechpartner, kontakt, "
    "kontaktperson, interlocuteur, nom du contact, personne de contact",
    "first_name": "first name, firstname, given name, forename, vorname, prenom",
    "last_name": "last name, lastname, surname, family name, nachname, familienname, nom de famille",
    "contact_title": "contact title, job title, title, position, role, account title, funktion, stellung, titel, "
    "fonction, poste, titre",
    "contact_email": "contact email, email, e mail, email address, e mail address, mail, work email, primary email, "
    "additional email addresses, secondary email, other email, email 2, e mail adresse, email adresse, courriel, "
    "adresse e mail, adresse email, mel",
    "phone": "phone, phone number, telephone, tel, work phone, office phone, main phone, account phone, mobile, "
    "mobile phone, mobile phone number, cell, cell phone, home phone, other phone, phone 2, telefon, telefonnummer, "
    "rufnummer, handy, mobil, mobiltelefon, telephone portable, portable, mobile telephone, numero de telephone",
}
DAY = {
    "birthday": "birthday, birthdate, birth date, date of birth, geburtstag, geburtsdatum, date de naissance",
}
TAGS = {"tags": "tags, tag, tag list, labels, topics, keywords, schlagworte, schlagworter, stichworte, etiquettes"}
OWNER = {
    "owner": "owner, account owner, company owner, contact owner, assigned user, assigned user name, sales rep, "
    "salesperson, account manager, inhaber, besitzer, betreuer, verkaufer, zustandig, proprietaire, responsable, "
    "commercial",
    "owner_email": "owner email, account owner email, contact owner email, assigned user email, "
    "betreuer mail, betreuer e mail, verkaufer mail, verkaufer e mail",
    "owned_since": "owned since, owner since, betreut seit, depuis le",
}
ALIASES = {
    "customers": {
        "customer_code": "customer code, customer id, customer number, customer no, account id, company id, record id, "
        "record id company, code, account number, account no, id, external id, kundennummer, kunden nr, kundennr, "
        "kd nr, kdnr, debitor, debitorennummer, code client, numero client, no client, reference client",
        "name": "name, company name, account name, company, customer, customer name, account, organisation, "
        "organization, organisation name, business name, legal name, firma, firmenname, kunde, kundenname, "
        "unternehmen, societe, raison sociale, entreprise, nom de l entreprise, client, nom du client, nom",
        **ADDRESS,
        **PERSON,
        **DAY,
        **OWNER,
        **TAGS,
        "tier": "tier, customer tier, customer level, stufe, kundenstufe, kundenklasse, abc klasse, niveau",
        "how_met": "how we met, how met",
    },
    "contacts": {
        "customer_code": "customer code, customer id, customer number, account id, company id, account number, "
        "primary associated company id, associated company id, kundennummer, kunden nr, code client",
        "name": "company name, account name, company, primary associated company, associated company, account, "
        "organisation, organization, customer, customer name, employer, firma, firmenname, unternehmen, kunde, "
        "societe, entreprise, client",
        **PERSON,
        "contact_name": "contact name, full name, name, contact, contact person, ansprechpartner, kontakt, "
        "vollstandiger name, nom complet",
        **ADDRESS,
        **DAY,
        **OWNER,
        **TAGS,
        "how_met": "how we met, how met",
    },
    "salespeople": {
        "employee_number": "employee number, employee id, employee no, staff number, personalnummer, personal nr, "
        "matricule",
        "name": "name, full name, employee name, salesperson, mitarbeiter, vollstandiger name, "
        "voller name, nom complet, nom",
        "email": "email, e mail, mail, email address, work email, e mail adresse, dienstmail, courriel, adresse e mail",
        "manager_email": "manager email, manager, reports to email, supervisor email, supervisor, boss, "
        "vorgesetzter, vorgesetzte, chef, chefin, responsable",
        "title": "title, job title, position, funktion, fonction, poste",
        "city": "city, town, ort, stadt, ville",
        "country": "country, land, pays",
        "hired_on": "hired on, hire date, start date, eintritt, eintrittsdatum, date d embauche",
    },
    "sales": {
        "order_number": "order number, order no, order id, invoice number, opportunity id, deal id, record id, id, "
        "auftragsnummer, bestellnummer, rechnungsnummer, numero de commande, no commande",
        "customer_code": "customer code, customer id, customer number, account id, company id, account number, "
        "associated company id, primary associated company id, kundennummer, kunden nr, code client",
        "salesperson_email": "salesperson email, owner email, sales rep email, opportunity owner email, "
        "deal owner email",
        "ordered_on": "ordered on, order date, close date, date, invoice date, bestelldatum, auftragsdatum, datum, "
        "date de commande",
        "shipped_on": "shipped on, ship date, shipped date, delivery date, lieferdatum, date d expedition",
        "amount": "amount, total, value, deal amount, net amount, betrag, summe, umsatz, montant",
        "returns_order": "returns order, return of, returned order, reverses, credit for, original order, "
        "original order number, original invoice, storno zu, gutschrift zu, ursprungsauftrag, avoir sur, "
        "commande d origine",
        "currency": "currency, currency code, amount currency, amount currency code, opportunity currency, waehrung, "
        "wahrung, devise",
    },
}
LABELS = {
    "customer_code": "Customer code (the key)",
    "name": "Name",
    "email": "E-mail",
    "contact_name": "Contact: full name",
    "first_name": "Contact: first name",
    "last_name": "Contact: last name",
    "contact_title": "Contact: title",
    "contact_email": "Contact: e-mail",
    "phone": "Contact: phone",
    "owner": "Owner (name or e-mail)",
    "owner_email": "Owner: e-mail",
    "birthday": "Contact: birthday",
    "tags": "Tags of the customer",
    "how_met": "How we met",
    "postal_code": "Postal code",
    "salesperson_email": "Salesperson: e-mail",
    "returns_order": "Takes back order (its number)",
    "manager_email": "Manager: e-mail",
    "tier": "Tier (high value or standard)",
}
# Headings that together tell whose export it is.
SOURCES = (
    ("HubSpot", {"record id", "create date", "company owner", "contact owner", "associated company", "lead status",
                 "last activity date", "company domain name", "primary associated company id", "country region",
                 "state region", "original traffic source", "lifecycle stage"}, 3),
    ("Salesforce", {"account id", "account name", "account owner", "billing state province", "billing zip postal code",
                    "mailing state province", "mailing zip postal code", "billing street", "mailing street", "owner id",
                    "last modified by", "contact id", "account number", "billing postal code", "mailing postal code",
                    "mobile phone", "system modstamp"}, 3),
    ("EspoCRM", {"billing address street", "billing address city", "billing address postal code", "assigned user name",
                 "assigned user", "assigned user id", "sic code", "created by name", "address postal code",
                 "address street", "account name", "email address", "phone number", "salutation name"}, 3),
)  # fmt: skip
# What else a file may tell a column's value by.
STANDING_IN = {"contact_name": ("first_name", "last_name"), "owner_email": ("owner",)}
# A column as the importers name it: what is a common word too only where a reason begins.
KEYS = {name for columns in ALIASES.values() for name in columns} | {"owned_since"}
NAMED = re.compile(rf"\b(?:{'|'.join(sorted(key for key in KEYS if '_' in key))})\b|^(?:{'|'.join(sorted(KEYS))})\b")


def plain(heading: str) -> str:
    """A heading without case, accents, marks and camel humps: “billingAddressCity” is “Billing Address (City)”."""
    humps = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    bare = unicodedata.normalize("NFKD", humps.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", bare.lower()).strip()


def targets(kind: str) -> list[Target]:
    """Everything a column of such a file can be, in the order of the page."""
    return [Target(name, LABELS.get(name, name.replace("_", " ").capitalize()), name in MANY) for name in ALIASES[kind]]


def guess(kind: str, headings: Sequence[str]) -> list[str]:
    """What each column seems to be ('' for nothing we keep). The surest name of a target wins it."""
    known = [plain(heading) for heading in headings]
    columns = [""] * len(known)
    for target, names in ALIASES[kind].items():
        own = [] if (kind, target) == ("contacts", "name") else [plain(target)]
        for name in dict.fromkeys([*own, *map(str.strip, names.split(","))]):
            for at, heading in enumerate(known):
                if heading == name and not columns[at] and (target in MANY or target not in columns):
                    columns[at] = target
    return _without_doubles(columns)


def _without_doubles(columns: list[str]) -> list[str]:
    """A full name beside its two halves is one too many; so is an owner by name beside their address."""
    for extra, better in (("contact_name", "last_name"), ("owner", "owner_email")):
        if extra in columns and better in columns:
            columns = ["" if column == extra else column for column in columns]
    return columns


# What stands in front of each row that an import leaves over.
REPORT = ("line", "reason")


def likely_kind(headings: Sequence[str]) -> str:
    """What is in a file: the kind that can be read and knows most headings; empty where none does, or two alike.

    Of customers and contacts alike it is contacts where people have a last name of their own.
    """
    columns = {kind: guess(kind, headings) for kind in ALIASES}
    known = {kind: sum(map(bool, found)) for kind, found in columns.items() if not lacking(kind, found)}
    best = [kind for kind, count in known.items() if count == max(known.values())]
    if set(best) == {"customers", "contacts"} and "last_name" in columns["contacts"]:
        return "contacts"
    return best[0] if len(best) == 1 else ""


def without_report(headings: Sequence[str]) -> list[str]:
    """The headings of a file we gave back with what was left over, without the two we put in front."""
    return list(headings[len(REPORT) :] if tuple(headings[: len(REPORT)]) == REPORT else headings)


def source_of(headings: Sequence[str]) -> str:
    """Whose export it looks like, or nothing."""
    known = {plain(heading) for heading in headings}
    best = max(SOURCES, key=lambda source: len(known & source[1]))
    return best[0] if len(known & best[1]) >= best[2] else ""


def digest(headings: Sequence[str]) -> str:
    """What a choice of columns is remembered by."""
    return hashlib.md5("\x1f".join(map(plain, headings)).encode(), usedforsecurity=False).hexdigest()


def own_columns(kind: str, headings: Sequence[str]) -> list[str]:
    """The columns of a file that uses exactly our names; raises ``FileRefused``."""
    columns = [heading.lower() for heading in headings]
    required, optional = COLUMNS[kind]
    if missing := [name for name in required if name not in columns]:
        raise FileRefused(f"The file lacks the column {', '.join(missing)}.")
    if unknown := [name or "(no name)" for name in columns if name not in (*required, *optional)]:
        raise FileRefused(f"The file has an unknown column: {', '.join(unknown)}.")
    if len(set(columns)) < len(columns):
        raise FileRefused("The file has the same column twice.")
    return columns


def lacking(kind: str, columns: Sequence[str]) -> str:
    """Why rows can't be read with these columns; empty when they can."""
    chosen = set(columns) - {""}
    twice = next((name for name in chosen if name not in MANY and list(columns).count(name) > 1), "")
    if twice:
        return f"Two columns are both “{label(twice)}”. Choose one of them."
    if kind == "contacts":
        named = chosen & {"contact_name", "last_name", "contact_email"}
        return "" if named else "Say which column holds the name of the contact."
    needed = [name for name in COLUMNS[kind][0] if name not in chosen and not (kind == "customers" and "code" in name)]
    return f"Say which column is “{label(needed[0])}”." if needed else ""


def label(name: str) -> str:
    return LABELS.get(name, name.replace("_", " ").capitalize())


def in_their_words(reason: str, columns: Sequence[str], headings: Sequence[str]) -> str:
    """The reason, with the columns it names as the file calls them; those it lacks as the page does."""

    def said(match: re.Match[str]) -> str:
        names = next((each for each in ((match[0],), STANDING_IN.get(match[0], ())) if {*each} & {*columns}), ())
        own = [heading for column, heading in zip(columns, headings, strict=False) if heading and column in names]
        called = " / ".join(own)[:80] or label(match[0]).partition(" (")[0]
        return called if called == match[0] else f"“{called}”"

    return NAMED.sub(said, reason)
