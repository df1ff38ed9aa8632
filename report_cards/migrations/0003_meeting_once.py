"""One meeting a plan and moment: of several the first stays."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('report_cards', '0002_tallies_as_issued'),
    ]

    operations = [
        migrations.RunSQL(
            """
            UPDATE report_cards_coachingmeeting later SET state = 'cancelled'
            FROM report_cards_coachingmeeting first
            WHERE first.plan_id = later.plan_id AND first.starts_at = later.starts_at AND first.id < later.id
                AND first.state <> 'cancelled' AND later.state <> 'cancelled'
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='coachingmeeting',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('plan', 'starts_at'), name='meeting_once'),
        ),
    ]
