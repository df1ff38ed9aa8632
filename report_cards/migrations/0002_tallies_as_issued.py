"""Counted months keep their numbers: nothing marks them stale any more."""

import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("report_cards", "0001_squashed")]

    operations = [
        pgtrigger.migrations.RemoveTrigger("answer", "tallies_go_stale"),
        migrations.RemoveField("tallied", "is_stale"),
    ]
