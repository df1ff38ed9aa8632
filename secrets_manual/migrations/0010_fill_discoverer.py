"""Fill in whose secrets were used, some thousands at a time, each batch committed by itself."""

from django.db import migrations

BATCH = 5_000
FILL = """
    UPDATE secrets_manual_secretuse AS use SET discoverer_id = secret.discovered_by_id
    FROM secrets_manual_secret AS secret
    WHERE secret.id = use.secret_id AND use.discoverer_id IS NULL AND use.id > %s AND use.id <= %s
"""


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM secrets_manual_secretuse")
        for start in range(0, cursor.fetchone()[0], BATCH):
            cursor.execute(FILL, [start, start + BATCH])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("secrets_manual", "0009_discoverer_of_use")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
