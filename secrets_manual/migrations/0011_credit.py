"""Every use credits somebody, and the credits of a person are found by an index."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("secrets_manual", "0010_fill_discoverer")]

    operations = [
        migrations.AlterField(
            model_name="secretuse",
            name="discoverer",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                help_text="Who found the secret; the database takes it from there.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="secretuse",
            index=models.Index(fields=["discoverer", "-at", "-id"], name="secret_use_credit"),
        ),
    ]
