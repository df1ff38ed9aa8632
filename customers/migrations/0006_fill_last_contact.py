"""When each customer was last in touch, from the interactions that are there already; the triggers go on from here."""

from django.db import migrations

FILL = """
UPDATE customers_customer customer SET last_contact_on = known.latest
FROM (
    SELECT customer_id, max("on") AS latest FROM customers_interaction WHERE removed_at IS NULL GROUP BY customer_id
) known
WHERE customer.id = known.customer_id
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0005_lists_and_views")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
