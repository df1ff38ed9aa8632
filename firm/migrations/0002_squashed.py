import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import firm.models
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('firm', '0002_initial'),
        ('firm', '0003_secret_mail'),
        ('firm', '0004_mail_attachments'),
        ('firm', '0005_opt_out_is_theirs'),
    ]

    initial = True

    dependencies = [
        ('firm', '0001_extensions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=10)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('message', models.CharField(blank=True, max_length=300)),
                ('result', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ended_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300)),
                ('url', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('read_at', models.DateTimeField(null=True)),
                ('key', models.CharField(help_text='Said once a key and person.', max_length=120, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-at'], name='notification_newest'), models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='notification_unread')],
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='notification_once')],
            },
        ),
        migrations.CreateModel(
            name='OutboxMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('html', models.TextField(blank=True)),
                ('headers', models.JSONField(default=dict)),
                ('attachments', models.JSONField(db_default=[], default=list, help_text='Text files that go along: [{"name": …, "type": …, "text": …}].')),
                ('is_secret', models.BooleanField(db_default=False, default=False, help_text='Holds a one-time link: its words are wiped once it left.')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('sent', 'Sent'), ('doubtful', 'doubtful: the worker died between sending and noting it'), ('failed', 'Failed')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('claimed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='outbox_waiting'), models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_at'], name='outbox_sending')],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_secret', False), ('state__in', ['waiting', 'sending']), models.Q(('html', ''), ('text', 'Wiped: it held a one-time link.')), _connector='OR'), name='outbox_secret_wiped')],
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('reason', models.CharField(choices=[('bounce', 'Bounce'), ('complaint', 'Complaint'), ('unsubscribed', 'Unsubscribed')], max_length=12)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('address'), name='suppression_one_an_address')],
            },
        ),
        migrations.CreateModel(
            name='CaughtMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to', models.EmailField(max_length=320)),
                ('sender', models.EmailField(max_length=320)),
                ('subject', models.CharField(max_length=300)),
                ('text', models.TextField()),
                ('html', models.TextField(blank=True)),
                ('raw', models.TextField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [models.Index(fields=['-at'], name='caught_newest')],
            },
        ),
        migrations.CreateModel(
            name='Firm',
            fields=[
                ('id', models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('zone', models.CharField(default='UTC', max_length=64, validators=[firm.models.check_zone], verbose_name='time zone')),
                ('currency', models.CharField(default='EUR', max_length=3, validators=[django.core.validators.RegexValidator('^[A-Z]{3}$', 'Use the three letters of ISO 4217.')])),
                ('calendar', models.CharField(blank=True, default='', help_text='ISO 3166 country code; empty for none.', max_length=2, verbose_name='public holidays of')),
                ('sender', models.EmailField(default='rapport@localhost', max_length=254, verbose_name='sender of mail')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='firm_only_one')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='firm',
            trigger=pgtrigger.compiler.Trigger(name='demo_mark_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_demo" IS DISTINCT FROM (NEW."is_demo"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7d15c1636b952973d3fcc6d603dfa8ffbf09c186', operation='UPDATE', pgid='pgtrigger_demo_mark_is_final_74aeb', table='firm_firm', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suppression',
            trigger=pgtrigger.compiler.Trigger(name='opt_out_is_theirs', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.reason <> 'bounce')", func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1db00efcc21c6df7d9ff84e3626daa81aa71cf1d', operation='UPDATE OR DELETE', pgid='pgtrigger_opt_out_is_theirs_f1d9c', table='firm_suppression', when='BEFORE')),
        ),
    ]
