"""Only a reversal looks for its sale: everybody else's sales are read by their index alone."""

from django.db import migrations

CREDITED = """
CREATE OR REPLACE VIEW compensation_creditedsale AS
SELECT sale.id AS sale_id, sale.salesperson_id, sale.customer_id, sale.order_number, sale.ordered_on,
    sale.ordered_on AS sold_on, sale.amount, sale.amount AS whole, sale.currency, FALSE AS is_reversal
FROM customers_sale sale
WHERE sale.removed_at IS NULL AND sale.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM compensation_salecredit WHERE sale_id = sale.id)
UNION ALL
SELECT sale.id, sale.salesperson_id, sale.customer_id, sale.order_number, sale.ordered_on, original.ordered_on,
    sale.amount, sale.amount, sale.currency, TRUE
FROM customers_sale sale JOIN customers_sale original ON original.id = sale.reverses_id
WHERE sale.removed_at IS NULL AND sale.reverses_id IS NOT NULL AND original.removed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM compensation_salecredit WHERE sale_id = sale.reverses_id)
UNION ALL
SELECT sale.id, credit.salesperson_id, sale.customer_id, sale.order_number, sale.ordered_on, sale.ordered_on,
    compensation_share(sale.amount, sale.id, credit.salesperson_id), sale.amount, sale.currency, FALSE
FROM compensation_salecredit credit JOIN customers_sale sale ON sale.id = credit.sale_id
WHERE sale.removed_at IS NULL
UNION ALL
SELECT sale.id, credit.salesperson_id, sale.customer_id, sale.order_number, sale.ordered_on, original.ordered_on,
    compensation_share(kept.before + sale.amount, original.id, credit.salesperson_id)
    - compensation_share(kept.before, original.id, credit.salesperson_id), sale.amount, sale.currency, TRUE
FROM compensation_salecredit credit
JOIN customers_sale original ON original.id = credit.sale_id
JOIN customers_sale sale ON sale.reverses_id = original.id
CROSS JOIN LATERAL (
    SELECT original.amount + coalesce(sum(earlier.amount), 0) AS before FROM customers_sale earlier
    WHERE earlier.reverses_id = original.id AND earlier.removed_at IS NULL
    AND (earlier.ordered_on, earlier.id) < (sale.ordered_on, sale.id)
) AS kept
WHERE sale.removed_at IS NULL AND original.removed_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("compensation", "0007_lines_checked_together")]

    operations = [migrations.RunSQL(CREDITED, migrations.RunSQL.noop)]
