import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_api_tokens'),
        ('accounts', '0003_forget_status'),
        ('accounts', '0004_scopes_of_rounds'),
        ('accounts', '0005_scopes_of_cases'),
        ('accounts', '0006_scope_of_statements'),
    ]

    initial = True

    dependencies = [
        ('firm', '0001_extensions'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('employee_number', models.CharField(blank=True, max_length=40)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('salesperson', 'Salesperson'), ('manager', 'Manager'), ('service', 'Service'), ('marketing', 'Marketing'), ('executive', 'Executive'), ('compensation', 'Compensation'), ('privacy_officer', 'privacy officer'), ('administrator', 'Administrator')], max_length=20), blank=True, default=list)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('country', models.CharField(blank=True, max_length=80)),
                ('hired_on', models.DateField(blank=True, null=True)),
                ('left_on', models.DateField(blank=True, null=True)),
                ('zone', models.CharField(blank=True, max_length=64, verbose_name='time zone')),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['name', 'id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['roles'], name='user_roles')],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_lower_case'), models.UniqueConstraint(condition=models.Q(('employee_number', ''), _negated=True), fields=('employee_number',), name='user_employee_number_once'), models.CheckConstraint(condition=models.Q(('roles__contained_by', ['salesperson', 'manager', 'service', 'marketing', 'executive', 'compensation', 'privacy_officer', 'administrator'])), name='user_roles_known')],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='The system that uses it.', max_length=60)),
                ('token_hash', models.BinaryField(max_length=32, unique=True)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('customers:read', 'read customers and contacts'), ('customers:write', 'add and change customers and contacts'), ('dealings:read', 'read promises and interactions'), ('dealings:write', 'add and change promises and interactions'), ('secrets:read', 'read secrets (each read is logged)'), ('secrets:write', 'log and change secrets'), ('rounds:read', 'read rounds and how far they have come'), ('statements:read', 'read statements and check statement files'), ('results:read', 'read the results of rounds'), ('cases:read', 'read cases (no secrets)'), ('cases:write', 'open, acknowledge and note cases')], max_length=20))),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('scopes__len__gte', 1), ('scopes__contained_by', ['customers:read', 'customers:write', 'dealings:read', 'dealings:write', 'secrets:read', 'secrets:write', 'rounds:read', 'statements:read', 'results:read', 'cases:read', 'cases:write'])), name='api_token_scopes'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='api_token_forward')],
            },
        ),
        migrations.CreateModel(
            name='IdempotencyKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('request_hash', models.BinaryField(help_text='Of method, path and body.', max_length=32)),
                ('location', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('token', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='idempotency_keys', to='accounts.apitoken')),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='idempotency_key_by_age')],
                'constraints': [models.UniqueConstraint(fields=('token', 'key'), name='idempotency_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Invite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.BinaryField(unique=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='invite', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RoleChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('salesperson', 'Salesperson'), ('manager', 'Manager'), ('service', 'Service'), ('marketing', 'Marketing'), ('executive', 'Executive'), ('compensation', 'Compensation'), ('privacy_officer', 'privacy officer'), ('administrator', 'Administrator')], max_length=20)),
                ('given', models.BooleanField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('refused', 'Refused')], max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_changes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('user', 'role'), name='role_change_one_waiting'), models.CheckConstraint(condition=models.Q(('decided_by', None), ('state', 'refused'), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='role_change_two_people'), models.CheckConstraint(condition=models.Q(('asked_by', None), models.Q(('asked_by', models.F('user')), _negated=True), _connector='OR'), name='role_change_not_own')],
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='managed_teams', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='accounts.team')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='team_name_once'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='team_not_its_own_parent')],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='accounts.team'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolechange',
            trigger=pgtrigger.compiler.Trigger(name='decided_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'waiting\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='57b04a80c2c4f3d1af2913bbc7ceb440d65706ed', operation='UPDATE OR DELETE', pgid='pgtrigger_decided_is_final_c3c45', table='accounts_rolechange', when='BEFORE')),
        ),
    ]
