"""A use knows whose secret it was: the column and the trigger that fills it; 0010 fills the old, 0011 enforces."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("secrets_manual", "0008_unknown_outcomes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="secretuse",
            name="discoverer",
            field=models.ForeignKey(
                null=True,
                db_index=False,
                editable=False,
                help_text="Who found the secret; the database takes it from there.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secretuse',
            trigger=pgtrigger.compiler.Trigger(name='credit_to_discoverer', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    NEW.discoverer_id := (SELECT discovered_by_id FROM secrets_manual_secret WHERE id = NEW.secret_id);\n                    RETURN NEW;\n                ', hash='14db55fe9e074b5740a5ba8c1cbd7b7fcd0604d3', operation='INSERT OR UPDATE OF "secret_id", "discoverer_id"', pgid='pgtrigger_credit_to_discoverer_cdd6c', table='secrets_manual_secretuse', when='BEFORE')),
        ),
    ]
