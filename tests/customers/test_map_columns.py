"""Any CSV: what its columns are is guessed, asked, and remembered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from customers.models import ColumnMapping, Contact, Customer, ImportRun
from customers.rules.headings import digest, guess, lacking, likely_kind, plain, source_of
from customers.tasks import run_imports

HUBSPOT_COMPANIES = (
    "Record ID,Company name,Company owner,Create Date,Phone Number,Last Activity Date,City,Country/Region,Industry,"
    "Street Address,State/Region,Postal Code"
)
HUBSPOT_CONTACTS = (
    "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Primary Associated Company ID,Associated Company,"
    "Last Activity Date,Lead Status,Create Date,Job Title,Mobile Phone Number"
)
SALESFORCE_ACCOUNTS = (
    "Account ID,Account Name,Account Owner,Billing Street,Billing City,Billing State/Province,"
    "Billing Zip/Postal Code,Billing Country,Phone,Type"
)
SALESFORCE_LOADER = (
    "Id,IsDeleted,AccountId,LastName,FirstName,Salutation,MailingStreet,MailingCity,Phone,MobilePhone,Email,Title"
)
ESPO_ACCOUNTS = (
    "id,name,website,emailAddress,phoneNumber,billingAddressStreet,billingAddressCity,billingAddressState,"
    "billingAddressCountry,billingAddressPostalCode,assignedUserName,createdAt"
)
GERMAN = "Kundennummer;Firma;Ansprechpartner;Straße;PLZ;Ort;Land;Telefon;Handy;E-Mail-Adresse"
FRENCH = "Code client;Raison sociale;Prénom;Nom de famille;Adresse;Code postal;Ville;Pays;Téléphone;Courriel"


@pytest.mark.parametrize(
    ("kind", "headings", "source", "found"),
    [
        (
            "customers",
            "Kd-Nr;Firmenname;Betreuer Mail;Wohnort;Kontakt;eMail;Geburtstag;Stufe",
            "",
            "customer_code,name,owner_email,city,contact_name,contact_email,birthday,tier",
        ),
        (
            "salespeople",
            "Personalnummer,Vollständiger Name,Mail,Chef",
            "",
            "employee_number,name,email,manager_email",
        ),
        (
            "customers",
            HUBSPOT_COMPANIES,
            "HubSpot",
            "customer_code,name,owner,,phone,,city,country,,address,region,postal_code",
        ),
        (
            "contacts",
            HUBSPOT_CONTACTS,
            "HubSpot",
            ",first_name,last_name,contact_email,phone,owner,customer_code,name,,,,contact_title,phone",
        ),
        (
            "customers",
            SALESFORCE_ACCOUNTS,
            "Salesforce",
            "customer_code,name,owner,address,city,region,postal_code,country,phone,",
        ),
        (
            "contacts",
            SALESFORCE_LOADER,
            "Salesforce",
            ",,customer_code,last_name,first_name,,address,city,phone,phone,contact_email,contact_title",
        ),
        (
            "customers",
            ESPO_ACCOUNTS,
            "EspoCRM",
            "customer_code,name,,contact_email,phone,address,city,region,country,postal_code,owner,",
        ),
        (
            "customers",
            GERMAN,
            "",
            "customer_code,name,contact_name,address,postal_code,city,country,phone,phone,contact_email",
        ),
        (
            "customers",
            FRENCH,
            "",
            "customer_code,name,first_name,last_name,address,postal_code,city,country,phone,contact_email",
        ),
    ],
)
def test_known_headings(kind, headings, source, found):
    columns = headings.split(";" if ";" in headings else ",")
    assert (source_of(columns), guess(kind, columns)) == (source, found.split(","))
    assert lacking(kind, guess(kind, columns)) == ""
    # The German one may as well be of contacts.
    assert likely_kind(columns) == ("" if headings == GERMAN else kind)


@pytest.mark.parametrize("headings", [["Name", "E-Mail"], ["Wer", "Wo"], [""]])
def test_headings_that_do_not_tell(headings):
    assert likely_kind(headings) == ""


def test_the_headings_tell_what_is_in_a_file(upload, signed_in, administrator):
    assert upload("", f"{HUBSPOT_COMPANIES}\n1,Kiln & Clay,,,,,Kiel,,,,,\n").kind == "customers"

    file = SimpleUploadedFile("odd.csv", b"Wer;Wo\nKiln;Kiel\n")
    page = signed_in(administrator).post("/imports/try/", {"kind": "", "file": file})

    assert "Its headings do not tell what is in it" in page.text
    assert ImportRun.objects.count() == 1


def test_headings_are_compared_without_dress():
    assert plain("billingAddressPostalCode") == plain("Billing Address – Postal code") == "billing address postal code"
    assert plain("Straße (Nr.)") == "strasse nr"
    assert digest(["Straße", "Ort"]) == digest(["strasse", "ORT"]) != digest(["Ort", "Straße"])


@pytest.mark.parametrize(
    ("kind", "columns", "words"),
    [
        ("customers", ["city"], "Say which column is “Name”"),
        ("customers", ["name", "city", "city"], "Two columns are both “City”"),
        ("contacts", ["name", "city"], "name of the contact"),
        ("sales", ["order_number"], "Customer code"),
        ("customers", ["name", "phone", "phone"], ""),
    ],
)
def test_what_can_not_be_read(kind, columns, words):
    assert words in lacking(kind, columns)
    assert bool(words) == bool(lacking(kind, columns))


ODD = "Wer;Wo;Womit\nKiln & Clay;Kiel;info@kiln.example\nHarbour Bikes;;=1+1\n"
CHOSEN = {"column-0": "name", "column-1": "city", "column-2": ""}


def test_unknown_headings_are_asked_once(upload, signed_in, administrator):
    run = upload("customers", ODD)
    client = signed_in(administrator)
    page = client.get(f"/imports/{run.pk}/", follow=True)
    assert run.state == "mapping"
    assert "Windows-1252" not in page.text
    assert "separated by semicolons" in page.text
    assert "Kiln &amp; Clay · Harbour Bikes" in page.text
    assert "Say which column is “Name”" in client.post(f"/imports/{run.pk}/columns/", {}).text
    client.post(f"/imports/{run.pk}/columns/", CHOSEN)
    assert ColumnMapping.objects.get().columns == ["name", "city", ""]
    assert upload("customers", ODD.replace("Wer", "WER")).state == "tried"


def test_columns_can_be_chosen_anew_until_the_import(upload, start, signed_in, administrator):
    run = upload("customers", ODD)
    client = signed_in(administrator)
    client.post(f"/imports/{run.pk}/columns/", CHOSEN)
    run_imports()
    client.post(f"/imports/{run.pk}/columns/", CHOSEN | {"column-1": "", "column-2": "region"})
    start(run)
    assert [*Customer.objects.order_by("pk").values_list("name", "city", "region")] == [
        ("Kiln & Clay", "", "info@kiln.example"),
        ("Harbour Bikes", "", "=1+1"),
    ]
    assert "Somebody has begun" in client.post(f"/imports/{run.pk}/columns/", CHOSEN).text


def test_an_export_of_firms_with_their_own_address(upload, start, signed_in, administrator, owner):
    text = SALESFORCE_ACCOUNTS + "\n001A,Kiln & Clay,Mark Carver,Quay 1,Kiel,,24103,Germany,+49 431 1,Customer\n"
    run = upload("customers", text)
    assert (run.state, run.source) == ("mapping", "Salesforce")
    columns = {f"column-{at}": column for at, column in enumerate(run.columns)}
    signed_in(administrator).post(f"/imports/{run.pk}/columns/", columns)
    start(run)
    customer = Customer.objects.get(code="001A")
    assert (customer.owner, customer.postal_code) == (owner, "24103")
    assert (customer.contacts.get().name, customer.contacts.get().phone) == ("Kiln & Clay", "+49 431 1")


def test_several_addresses_and_numbers_of_one_person(upload, start, signed_in, administrator):
    run = upload(
        "contacts", "Company,Name,Email,Email 2,Phone,Mobile\nKiln,Ada,a@x.example;b@x.example,c@x.example,1,2\n"
    )
    columns = {f"column-{at}": column for at, column in enumerate(run.columns)}
    signed_in(administrator).post(f"/imports/{run.pk}/columns/", columns)
    assert start(run).counts == "created 1, updated 0, unchanged 0, failed 0"
    ada = Contact.objects.get()
    assert (ada.email, ada.phone, ada.customer.name) == ("a@x.example", "1", "Kiln")
    points = [("email", "b@x.example"), ("email", "c@x.example"), ("phone", "2")]
    assert [*ada.points.values_list("kind", "value")] == points


def test_a_file_with_our_own_names_is_not_asked(upload):
    assert upload("customers", "customer_code,name\nA,Aldous\n").state == "tried"
    assert ImportRun.objects.get().source == "Rapport"


STRANGE = """Company,Town,Responsible,Person,Mail
Kiln,Kiel,,Ada,ada@x.example
Harbour,Kiel,nobody@x.example,Bo,bo@x.example
"""


def test_what_was_said_once_is_known_whatever_is_chosen(upload, firm, signed_in, administrator):
    """The same headings again, with the kind left to them; and what was left over, brought again."""
    browser = signed_in(administrator)
    run = upload("customers", STRANGE)
    names = ["name", "city", "owner_email", "contact_name", "contact_email"]
    browser.post(f"/imports/{run.pk}/columns/", {f"column-{at}": name for at, name in enumerate(names)})
    again = upload("", STRANGE)
    assert (again.kind, again.columns, again.state) == ("customers", names, "tried")
    left = browser.get(f"/imports/{again.pk}/errors.csv").getvalue().decode("utf-8-sig")
    assert left.startswith("line,reason,Company")
    back = upload("", left.replace("nobody@x.example", ""))
    assert (back.columns, back.state, back.failed) == (["", "", *names], "tried", 0)
    twice = browser.get(f"/imports/{back.pk}/errors.csv").getvalue().decode("utf-8-sig")
    assert twice.startswith("line,reason,Company")
