"""``manage.py import_sales FILE [--dry-run]``."""

from customers.management.importing import ImportCommand
from customers.models import ImportRun


class Command(ImportCommand):
    help = "Import sales from a CSV file."
    kind = ImportRun.Kind.SALES
