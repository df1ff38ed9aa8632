from django.db import migrations

# Apologies sent before letters were rows of their own.
KEEP = """
INSERT INTO recovery_letter
    (case_id, how, name, address, subject, text, language, template_version, sent_by_id, sent_at)
SELECT wronged.id, wronged.apology_sent, '', wronged.apology_to,
       CASE wronged.apology_to WHEN '' THEN '' ELSE 'We are sorry' END,
       wronged.apology, 'en', 0, coalesce(step.done_by_id, wronged.agent_id), wronged.apology_sent_at
FROM recovery_case wronged
LEFT JOIN recovery_milestone step ON step.case_id = wronged.id AND step.kind = 'apologise'
WHERE wronged.apology_sent_at IS NOT NULL
  AND (wronged.apology_sent = 'mail') = (wronged.apology_to <> '')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("recovery", "0003_surprises_and_letters"),
    ]

    operations = [
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
