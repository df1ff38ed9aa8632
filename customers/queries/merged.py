"""Records that were made one."""

from django.db.models.expressions import RawSQL

from customers.models import Customer

MERGED = """
    WITH RECURSIVE one AS (
        SELECT %s::bigint AS id
        UNION
        SELECT gone.id FROM customers_customer gone JOIN one ON gone.merged_into_id = one.id
    )
    SELECT id FROM one
"""


def with_merged(customer: Customer) -> RawSQL:
    """Ids of a customer and of every record merged into it, however often, for a filter by ``__in``."""
    return RawSQL(MERGED, [customer.pk])  # noqa: S611  # nosec B611
