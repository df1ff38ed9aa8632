"""An owner's customers, and beginnings of names among those a person sees, are read from indexes alone."""

from django.contrib.postgres.indexes import OpClass
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_squashed")]

    operations = [
        migrations.RemoveIndex("customer", "customer_beginnings"),
        migrations.AddIndex(
            "customer",
            models.Index(
                OpClass("folded", "text_pattern_ops"),
                include=["owner", "id"],
                condition=models.Q(removed_at=None, erased_at=None),
                name="customer_beginnings",
            ),
        ),
        migrations.AddIndex(
            "customer",
            models.Index(
                fields=["owner", "tier", "id"],
                include=["erased_at"],
                condition=models.Q(removed_at=None),
                name="customer_of_owner_by_tier",
            ),
        ),
    ]
