"""``manage.py import_customers FILE [--dry-run]``."""

from customers.management.importing import ImportCommand
from customers.models import ImportRun


class Command(ImportCommand):
    help = "Import customers from a CSV file."
    kind = ImportRun.Kind.CUSTOMERS
