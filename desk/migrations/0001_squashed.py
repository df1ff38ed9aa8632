import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('desk', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('customers', '0001_squashed'),
        ('firm', '0002_squashed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=40)),
                ('query', models.CharField(blank=True, help_text='The filters, as in the URL.', max_length=500)),
                ('rows', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, help_text='Fields taken from the one not kept.')),
                ('people', models.JSONField(default=dict, help_text='Contacts not kept, each with the one who stands for them.')),
                ('leaves_out', models.BooleanField(default=False, verbose_name='leaves somebody unasked')),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('waiting', 'waits for approval'), ('done', 'merged'), ('refused', 'Refused'), ('undone', 'taken apart again')], max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('record', models.JSONField(default=dict)),
                ('undone_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges_away', to='customers.customer')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges_into', to='customers.customer')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['-asked_at'], name='merge_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kept', models.F('gone')), _negated=True), name='merge_of_two'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'done'])), fields=('gone',), name='merge_away_once'), models.CheckConstraint(condition=models.Q(('leaves_out', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='merge_leaves_out_why'), models.CheckConstraint(condition=models.Q(('leaves_out', False), ('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='merge_leaves_out_by_two'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_by__isnull', False)), _connector='OR'), name='merge_decided_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='BulkChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('tag', 'add a tag'), ('untag', 'remove a tag'), ('hand_over', 'hand over')], max_length=9)),
                ('since', models.DateField(null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), help_text='The customers, as they were chosen.')),
                ('changed', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text='Those of them that it changed.')),
                ('refused', models.JSONField(default=list, help_text='[id, reason] of those it could not change.')),
                ('made_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='bulk_change', to='firm.job')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulk_changes', to=settings.AUTH_USER_MODEL)),
                ('tag', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='customers.tag')),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verb', 'hand_over'), _negated=True), models.Q(('since__isnull', False), ('to__isnull', False)), _connector='OR'), name='bulk_change_to_whom')],
            },
        ),
        migrations.CreateModel(
            name='Different',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField()),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='different_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='different_in_order')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='export',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='98e70bbbf01e082f260330aeff9f7f1163bbc9ae', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d3d00', table='desk_export', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='export',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='63a200eb499f287c0476e578cefd6c7523e2f31f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_f418e', table='desk_export', when='BEFORE')),
        ),
    ]
