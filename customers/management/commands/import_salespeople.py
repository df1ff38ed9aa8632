"""``manage.py import_salespeople FILE [--dry-run]``."""

from customers.management.importing import ImportCommand
from customers.models import ImportRun


class Command(ImportCommand):
    help = "Import salespeople from a CSV file."
    kind = ImportRun.Kind.SALESPEOPLE
