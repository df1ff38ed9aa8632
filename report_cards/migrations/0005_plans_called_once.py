import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('report_cards', '0004_zones_and_policy_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(choices=[('statistical', 'only where the numbers leave little doubt'), ('strict', 'for every behaviour below its target')], max_length=11)),
                ('called', models.PositiveIntegerField(help_text='How many plans it called for.')),
                ('waiting', models.JSONField(default=list, help_text="Plans without a free place: [person's id, behaviour's key].")),
                ('at', models.DateTimeField()),
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan_call', to='report_cards.round')),
            ],
        ),
        migrations.AddField(
            model_name='actionplan',
            name='facts',
            field=models.JSONField(blank=True, default=dict, help_text='The counts that called for it: this quarter and the one before.'),
        ),
        migrations.AddField(
            model_name='coachingmeeting',
            name='before',
            field=models.JSONField(blank=True, default=dict, help_text='When and where it was, to undo the last change.'),
        ),
        migrations.AddIndex(
            model_name='actionplan',
            index=models.Index(fields=['salesperson', 'state'], name='plan_of_salesperson'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancall',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='02406099e2f386bf969f5feb1fd33e8eab3b08dc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dcea6', table='report_cards_plancall', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancall',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='0750bc2d7e4fcc909f74dc27ebca9058ff41d259', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_160ad', table='report_cards_plancall', when='BEFORE')),
        ),
    ]
