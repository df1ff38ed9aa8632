import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import firm.fold
import firm.models
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('customers', '0001_initial'),
        ('customers', '0002_people_and_dealings'),
        ('customers', '0003_erased_customers'),
        ('customers', '0004_imports_in_full'),
        ('customers', '0005_lists_and_views'),
        ('customers', '0006_fill_last_contact'),
        ('customers', '0007_history_by_statement'),
        ('customers', '0008_who_took_out'),
        ('customers', '0009_who_agreed_to_merge'),
        ('customers', '0010_people_by_import'),
        ('customers', '0011_find_duplicates'),
        ('customers', '0012_days_and_tags_by_import'),
        ('customers', '0013_sales_that_reverse'),
    ]

    initial = True

    dependencies = [
        ('firm', '0002_squashed'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('salespeople', 'Salespeople'), ('customers', 'Customers'), ('contacts', 'Contacts'), ('sales', 'Sales')], max_length=12)),
                ('file_name', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('mapping', 'columns to choose'), ('trying', 'being tried'), ('tried', 'tried, nothing changed'), ('running', 'being imported'), ('done', 'imported'), ('undoing', 'being undone'), ('undone', 'undone')], default='mapping', max_length=8)),
                ('headings', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(blank=True, max_length=40), default=list, help_text='What each column is.')),
                ('source', models.CharField(blank=True, help_text='Whose columns these look like.', max_length=60)),
                ('format', models.CharField(blank=True, help_text='How the file is written.', max_length=60)),
                ('duplicates', models.CharField(choices=[('skip', 'leave them out'), ('update', 'update what is here'), ('add', 'add them as new')], default='skip', max_length=6, verbose_name='customers that are here already')),
                ('total', models.PositiveIntegerField(default=0)),
                ('position', models.PositiveIntegerField(default=0)),
                ('created', models.PositiveIntegerField(default=0)),
                ('updated', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('failed', models.PositiveIntegerField(default=0)),
                ('skipped', models.PositiveIntegerField(default=0)),
                ('claim', models.CharField(blank=True, help_text='The worker at it.', max_length=32)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('refusal', models.JSONField(default=list, help_text='[{name, reason, id}] of what an undo would not take back.')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ended_at', models.DateTimeField(null=True)),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='firm.job')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['trying', 'running', 'undoing'])), fields=['id'], name='import_at_work')],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('line', models.PositiveIntegerField(help_text='Of the file, where the row begins.')),
                ('cells', models.JSONField(default=list)),
                ('flaw', models.CharField(blank=True, help_text="Why the row can't be read at all.", max_length=200)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('good', 'Good'), ('failed', 'Failed'), ('doubtful', 'perhaps here already')], default='waiting', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('key', models.CharField(blank=True, help_text='What no other row of the file may have.', max_length=600)),
                ('choice', models.CharField(blank=True, choices=[('skip', 'leave them out'), ('update', 'update what is here'), ('add', 'add them as new')], help_text='For this row alone.', max_length=6)),
                ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='customers.importrun')),
            ],
            options={
                'ordering': ['number'],
                'indexes': [models.Index(condition=models.Q(('key', ''), _negated=True), fields=['run', 'key'], name='import_row_key'), models.Index(condition=models.Q(('state__in', ['failed', 'doubtful'])), fields=['run', 'state', 'number'], name='import_row_left')],
                'constraints': [models.UniqueConstraint(fields=('run', 'number'), name='import_row_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(choices=[('customer', 'Customer'), ('contact', 'Contact'), ('contactpoint', 'Point'), ('ownership', 'Ownership'), ('sale', 'Sale'), ('occasion', 'Day'), ('customer_tags', 'Tagged'), ('user', 'User'), ('team', 'Team'), ('rolechange', 'Role')], max_length=13)),
                ('object_id', models.BigIntegerField()),
                ('root_id', models.BigIntegerField(help_text='The customer, sale or person it stands and falls with.')),
                ('before', models.JSONField(null=True)),
                ('after', models.CharField(max_length=32)),
                ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='customers.importrun')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['run', 'root_id'], name='import_change_of_run'), models.Index(fields=['model', 'object_id'], name='import_change_of_row')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(help_text='URL name of the list.', max_length=40)),
                ('name', models.CharField(max_length=60)),
                ('query', models.CharField(blank=True, help_text='As in the URL, without the question mark.', max_length=500)),
                ('is_default', models.BooleanField(default=False, help_text='Opens when the list is opened without filters.')),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(models.F('user'), models.F('page'), django.db.models.functions.text.Lower('name'), condition=models.Q(('removed_at', None)), name='saved_view_once'), models.UniqueConstraint(condition=models.Q(('is_default', True), ('removed_at', None)), fields=('user', 'page'), name='saved_view_one_default'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_view_has_name')],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='tag_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='tag_has_name')],
            },
        ),
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('organisation', 'Organisation'), ('person', 'Person')], default='organisation', max_length=12)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('name', models.CharField(max_length=160)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('region', models.CharField(blank=True, max_length=80)),
                ('postal_code', models.CharField(blank=True, max_length=20)),
                ('country', models.CharField(blank=True, max_length=80)),
                ('zone', models.CharField(blank=True, db_default='', default='', max_length=64, validators=[firm.models.check_zone], verbose_name='time zone')),
                ('tier', models.CharField(choices=[('high_value', 'high value'), ('standard', 'Standard')], default='standard', max_length=12)),
                ('how_met', models.CharField(blank=True, max_length=300, verbose_name='how we met')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('erased_at', models.DateTimeField(editable=False, help_text='A shell since: what paid hangs on it.', null=True)),
                ('last_contact_on', models.DateField(editable=False, help_text='The latest interaction, kept by triggers of that table.', null=True)),
                ('folded', models.GeneratedField(db_persist=True, expression=firm.fold.Fold('name', 'code', 'city'), output_field=models.TextField())),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(editable=False, help_text='The one kept.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='customers.customer')),
                ('owner', models.ForeignKey(blank=True, help_text='The owner today; Ownership keeps the history.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='customers', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tags', models.ManyToManyField(blank=True, related_name='customers', to='customers.tag')),
            ],
            options={
                'ordering': ['name', 'id'],
                'indexes': [models.Index(condition=models.Q(('removed_at', None)), fields=['name', 'id'], name='customer_by_name'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('folded', 'gin_trgm_ops'), name='customer_fragments'), models.Index(django.contrib.postgres.indexes.OpClass('folded', 'text_pattern_ops'), name='customer_beginnings'), models.Index(models.F('owner'), models.F('name'), models.F('id'), condition=models.Q(('removed_at', None)), name='customer_of_owner'), models.Index(django.db.models.functions.text.Upper('city'), models.F('name'), models.F('id'), condition=models.Q(('removed_at', None)), name='customer_by_city'), models.Index(django.db.models.functions.text.Upper('country'), models.F('name'), models.F('id'), condition=models.Q(('removed_at', None)), name='customer_by_country'), models.Index(models.OrderBy(models.F('last_contact_on'), nulls_first=True), models.F('name'), models.F('id'), condition=models.Q(('removed_at', None)), name='customer_by_contact'), models.Index(models.F('made_at'), models.F('id'), condition=models.Q(('removed_at', None)), name='customer_by_age')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('code'), condition=models.Q(('code', ''), _negated=True), name='customer_code_once'), models.CheckConstraint(condition=models.Q(('merged_into', None), ('removed_at__isnull', False), _connector='OR'), name='customer_merged_away'), models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('code', ''), ('owner', None), ('removed_at__isnull', False)), _connector='OR'), name='customer_erased_is_a_shell')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('how_met', models.CharField(blank=True, max_length=300, verbose_name='how we met')),
                ('language', models.CharField(choices=[('en', 'English'), ('fr', 'French')], default='en', max_length=2)),
                ('is_asked', models.BooleanField(default=True, verbose_name='is asked for ratings')),
                ('left_out_reason', models.CharField(blank=True, db_default='', default='', help_text='Somebody else decides whether it stands.', max_length=200, verbose_name='why they are not asked')),
                ('left_out_at', models.DateTimeField(editable=False, null=True)),
                ('email_before', models.EmailField(blank=True, db_default='', default='', editable=False, max_length=254)),
                ('email_changed_at', models.DateTimeField(editable=False, null=True)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('folded', models.GeneratedField(db_persist=True, expression=firm.fold.Fold('name', 'email'), output_field=models.TextField())),
                ('digits', models.GeneratedField(db_persist=True, expression=firm.fold.Digits('phone'), output_field=models.TextField())),
                ('email_changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('left_out_agreed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('left_out_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='customers.customer')),
                ('merged_from', models.ForeignKey(editable=False, help_text='Where they were until it was merged into this customer.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='customers.customer')),
            ],
            options={
                'ordering': ['name', 'id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('folded', 'gin_trgm_ops'), name='contact_fragments'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('digits', 'gin_trgm_ops'), name='contact_digits'), models.Index(django.db.models.functions.text.Lower('email'), name='contact_email'), models.Index(django.db.models.functions.text.Lower(models.Func(models.F('email'), models.Value('@'), models.Value(2), function='split_part', output_field=models.TextField())), name='contact_host'), models.Index(condition=models.Q(('digits', ''), _negated=True), fields=['digits'], name='contact_number')],
            },
        ),
        migrations.CreateModel(
            name='Interaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('visit', 'Visit'), ('call', 'Call'), ('mail', 'Mail'), ('other', 'Other')], default='visit', max_length=6)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('on', models.DateField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('nothing_learned_at', models.DateTimeField(editable=False, help_text='“What did you learn?” waved off.', null=True)),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interactions', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='interactions', to='customers.contact')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interactions', to='customers.customer')),
            ],
            options={
                'ordering': ['-on', '-id'],
                'indexes': [models.Index(fields=['by', '-on'], name='interaction_by_person'), models.Index(fields=['customer', '-on'], name='interaction_of_customer')],
            },
        ),
        migrations.CreateModel(
            name='Misfit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('needed', models.CharField(max_length=300, verbose_name='what they needed')),
                ('why_not', models.CharField(max_length=300, verbose_name='why ours does not fit')),
                ('offered', models.CharField(blank=True, max_length=300, verbose_name='what was offered instead')),
                ('whose', models.CharField(blank=True, max_length=120, verbose_name='whose solution')),
                ('outcome', models.CharField(choices=[('open', 'not known yet'), ('took_it', 'took the outside solution'), ('went_elsewhere', 'found another'), ('chose_ours', 'chose ours all the same'), ('dropped', 'dropped the need')], default='open', max_length=14)),
                ('noted_on', models.DateField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='misfits', to='customers.contact')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='misfits', to='customers.customer')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='misfits', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-noted_on', '-id'],
                'indexes': [models.Index(fields=['customer', '-noted_on'], name='misfit_of_customer')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'took_it'), _negated=True), models.Q(('offered', ''), _negated=True), _connector='OR'), name='misfit_took_what_was_offered')],
            },
        ),
        migrations.CreateModel(
            name='Occasion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('birthday', 'Birthday'), ('anniversary', 'Anniversary'), ('other', 'Other')], default='birthday', max_length=11)),
                ('label', models.CharField(blank=True, max_length=80)),
                ('month', models.PositiveSmallIntegerField()),
                ('day', models.PositiveSmallIntegerField()),
                ('year', models.PositiveSmallIntegerField(blank=True, help_text='Where it is known.', null=True)),
                ('days_before', models.PositiveSmallIntegerField(default=7, verbose_name='remind days before')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='occasions', to='customers.contact')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occasions', to='customers.customer')),
            ],
            options={
                'ordering': ['month', 'day', 'id'],
                'indexes': [models.Index(fields=['month', 'day'], name='occasion_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('day__gte', 1), ('day__lte', 31), ('month__gte', 1), ('month__lte', 12), models.Q(('day__gt', 29), ('month', 2), _negated=True), models.Q(('day', 31), ('month__in', [4, 6, 9, 11]), _negated=True)), name='occasion_is_a_day'), models.CheckConstraint(condition=models.Q(('days_before__lte', 60)), name='occasion_reminded_in_time')],
            },
        ),
        migrations.CreateModel(
            name='Ownership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('source', models.CharField(choices=[('import', 'Import'), ('application', 'Application')], default='application', max_length=12)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ownerships', to='customers.customer')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ownerships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-since'],
                'indexes': [models.Index(fields=['owner', 'since'], name='ownership_by_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('since')), _connector='OR'), name='ownership_forward'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('customer', '='), (models.Func('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary(), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='ownership_no_overlap'), models.UniqueConstraint(condition=models.Q(('until', None)), fields=('customer',), name='ownership_one_now')],
            },
        ),
        migrations.CreateModel(
            name='OwnershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('source', models.CharField(choices=[('import', 'Import'), ('application', 'Application')], default='application', max_length=12)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('customer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.customer')),
                ('made_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='customers.ownership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300)),
                ('due_on', models.DateField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('state', models.CharField(choices=[('open', 'Open'), ('kept', 'Kept'), ('broken', 'Broken')], default='open', max_length=6)),
                ('settled_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, help_text='How it was kept, or why it was broken.', max_length=300)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='customers.customer')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'id'],
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['made_by', 'due_on'], name='promise_due'), models.Index(fields=['customer', 'due_on'], name='promise_of_customer'), models.Index(condition=models.Q(('state', 'open')), fields=['customer', 'due_on'], name='promise_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state', 'open')), models.Q(('settled_at__isnull', False), ('state__in', ['kept', 'broken'])), _connector='OR'), name='promise_settled_with_time')],
            },
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='customers.contact')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='related', to='customers.contact')),
            ],
            options={
                'ordering': ['kind', 'id'],
                'constraints': [models.UniqueConstraint(models.F('contact'), models.F('other'), django.db.models.functions.text.Lower('kind'), name='relation_once'), models.CheckConstraint(condition=models.Q(('contact', models.F('other')), _negated=True), name='relation_to_another')],
            },
        ),
        migrations.CreateModel(
            name='Sale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order_number', models.CharField(max_length=40)),
                ('ordered_on', models.DateField()),
                ('shipped_on', models.DateField(blank=True, null=True)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('currency', models.CharField(max_length=3)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sales', to='customers.customer')),
                ('reverses', models.ForeignKey(editable=False, help_text="The sale of which this takes back a part or all; it follows that sale's people and currency.", null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='reversals', to='customers.sale')),
                ('salesperson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sales', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-ordered_on', '-id'],
                'indexes': [models.Index(fields=['customer', 'ordered_on'], name='sale_of_customer'), models.Index(fields=['salesperson', 'ordered_on'], name='sale_of_salesperson')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('order_number'), name='sale_order_number_once', violation_error_message='This order number is taken, perhaps by a removed sale.'), models.CheckConstraint(condition=models.Q(('shipped_on', None), ('shipped_on__gte', models.F('ordered_on')), _connector='OR'), name='sale_shipped_after_order'), models.CheckConstraint(condition=models.Q(('reverses', None), ('amount__lt', 0), _connector='OR'), name='sale_reversal_takes_back')],
            },
        ),
        migrations.CreateModel(
            name='SaleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('order_number', models.CharField(max_length=40)),
                ('ordered_on', models.DateField()),
                ('shipped_on', models.DateField(blank=True, null=True)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('currency', models.CharField(max_length=3)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('customer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.customer')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='customers.sale')),
                ('reverses', models.ForeignKey(db_constraint=False, editable=False, help_text="The sale of which this takes back a part or all; it follows that sale's people and currency.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.sale')),
                ('salesperson', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ColumnMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('salespeople', 'Salespeople'), ('customers', 'Customers'), ('contacts', 'Contacts'), ('sales', 'Sales')], max_length=12)),
                ('digest', models.CharField(help_text='Of the headings.', max_length=32)),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(blank=True, max_length=40))),
                ('saved_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'digest'), name='column_mapping_once')],
            },
        ),
        migrations.CreateModel(
            name='ContactPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('email', 'e-mail'), ('phone', 'Phone')], max_length=5)),
                ('value', models.CharField(max_length=254)),
                ('label', models.CharField(blank=True, help_text='Home, mobile, assistant…', max_length=40)),
                ('folded', models.GeneratedField(db_persist=True, expression=firm.fold.Fold('value'), output_field=models.TextField())),
                ('digits', models.GeneratedField(db_persist=True, expression=firm.fold.Digits('value'), output_field=models.TextField())),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='customers.contact')),
            ],
            options={
                'ordering': ['kind', 'id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('folded', 'gin_trgm_ops'), condition=models.Q(('kind', 'email')), name='contact_point_letters'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('digits', 'gin_trgm_ops'), condition=models.Q(('kind', 'phone')), name='contact_point_digits')],
                'constraints': [models.UniqueConstraint(models.F('contact'), models.F('kind'), django.db.models.functions.text.Lower('value'), name='contact_point_once'), models.CheckConstraint(condition=models.Q(('value', ''), _negated=True), name='contact_point_has_value')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interaction',
            trigger=pgtrigger.compiler.Trigger(name='contact_logged', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nUPDATE customers_customer customer SET last_contact_on = fresh.latest\nFROM (SELECT customer_id, max("on") AS latest FROM fresh_rows WHERE removed_at IS NULL GROUP BY customer_id) fresh\nWHERE customer.id = fresh.customer_id\n  AND (customer.last_contact_on IS NULL OR customer.last_contact_on < fresh.latest);\nRETURN NULL;\n', hash='b120ccd830558e169faec465c13c957a6ff81825', level='STATEMENT', operation='INSERT', pgid='pgtrigger_contact_logged_90e84', referencing='REFERENCING NEW TABLE AS fresh_rows ', table='customers_interaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interaction',
            trigger=pgtrigger.compiler.Trigger(name='contact_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nPERFORM 1 FROM customers_customer WHERE id IN (SELECT customer_id FROM stale_rows UNION SELECT customer_id FROM fresh_rows) ORDER BY id FOR NO KEY UPDATE;\nUPDATE customers_customer customer SET last_contact_on = known.latest\nFROM (\n    SELECT touched.customer_id, (\n        SELECT max("on") FROM customers_interaction\n        WHERE customer_id = touched.customer_id AND removed_at IS NULL\n    ) AS latest\n    FROM (SELECT customer_id FROM stale_rows UNION SELECT customer_id FROM fresh_rows) touched\n) known\nWHERE customer.id = known.customer_id AND customer.last_contact_on IS DISTINCT FROM known.latest;\nRETURN NULL;\n', hash='8eda578bca7b3395ad3a67d413ab616c47636171', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_contact_changed_254e3', referencing='REFERENCING OLD TABLE AS stale_rows  NEW TABLE AS fresh_rows ', table='customers_interaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='interaction',
            trigger=pgtrigger.compiler.Trigger(name='contact_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nPERFORM 1 FROM customers_customer WHERE id IN (SELECT customer_id FROM stale_rows) ORDER BY id FOR NO KEY UPDATE;\nUPDATE customers_customer customer SET last_contact_on = known.latest\nFROM (\n    SELECT touched.customer_id, (\n        SELECT max("on") FROM customers_interaction\n        WHERE customer_id = touched.customer_id AND removed_at IS NULL\n    ) AS latest\n    FROM (SELECT customer_id FROM stale_rows) touched\n) known\nWHERE customer.id = known.customer_id AND customer.last_contact_on IS DISTINCT FROM known.latest;\nRETURN NULL;\n', hash='944fd21ce61844bee36de131ece251bef34b4b85', level='STATEMENT', operation='DELETE', pgid='pgtrigger_contact_deleted_32dc6', referencing='REFERENCING OLD TABLE AS stale_rows ', table='customers_interaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "customers_ownershipevent" ("customer_id", "id", "made_at", "made_by_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "source", "until") SELECT new_values."customer_id", new_values."id", new_values."made_at", new_values."made_by_id", new_values."owner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."since", new_values."source", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ff25a26741b9315ca4b637abb2157297b47b868c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_67eff', referencing='REFERENCING NEW TABLE AS new_values ', table='customers_ownership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "customers_ownershipevent" ("customer_id", "id", "made_at", "made_by_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "source", "until") SELECT new_values."customer_id", new_values."id", new_values."made_at", new_values."made_by_id", new_values."owner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."since", new_values."source", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ec30201a2655583fc57630f73bc2b64c8ab30bb7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a53ce', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='customers_ownership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ownershipevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dfd5414e584157b25475d09ce43033143ad586b0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_99f1c', table='customers_ownershipevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sale',
            trigger=pgtrigger.compiler.Trigger(name='reversal_fits', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."reverses_id" IS NOT NULL)', declare='DECLARE original customers_sale%ROWTYPE;', func="\nSELECT * INTO original FROM customers_sale WHERE id = NEW.reverses_id FOR UPDATE;\nIF original.reverses_id IS NOT NULL OR NEW.ordered_on < original.ordered_on THEN\n    RAISE EXCEPTION 'sale_reversal_fits: a sale is reversed on its day or later, a reversal never'\n        USING ERRCODE = 'check_violation';\nEND IF;\nNEW.customer_id := original.customer_id;\nNEW.salesperson_id := original.salesperson_id;\nNEW.currency := original.currency;\nIF NEW.removed_at IS NULL AND original.amount + NEW.amount + (\n    SELECT coalesce(sum(amount), 0) FROM customers_sale\n    WHERE reverses_id = original.id AND id <> NEW.id AND removed_at IS NULL\n) < 0 THEN\n    RAISE EXCEPTION 'sale_reversal_fits: more would come back than was sold' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='f8cd85eb320c806ce8d6096f207c4a8759b3abf8', operation='INSERT OR UPDATE', pgid='pgtrigger_reversal_fits_4318e', table='customers_sale', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sale',
            trigger=pgtrigger.compiler.Trigger(name='sale_covers_reversals', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."reverses_id" IS NULL)', func="\nIF NEW.amount + (\n    SELECT coalesce(sum(amount), 0) FROM customers_sale WHERE reverses_id = NEW.id AND removed_at IS NULL\n) < LEAST(NEW.amount, 0) THEN\n    RAISE EXCEPTION 'sale_reversal_fits: more came back than would be sold' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='4b352e9c5321ed76c69b405eba5a609571d1f650', operation='UPDATE OF "amount"', pgid='pgtrigger_sale_covers_reversals_0372d', table='customers_sale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sale',
            trigger=pgtrigger.compiler.Trigger(name='reversals_follow', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."reverses_id" IS NULL)', func='\nUPDATE customers_sale\nSET customer_id = NEW.customer_id, salesperson_id = NEW.salesperson_id, currency = NEW.currency\nWHERE reverses_id = NEW.id AND (customer_id, salesperson_id, currency)\n    IS DISTINCT FROM (NEW.customer_id, NEW.salesperson_id, NEW.currency);\nRETURN NULL;\n', hash='00020856a903df4003cb1f67569a2413fcd2efa0', operation='UPDATE OF "customer_id", "salesperson_id", "currency"', pgid='pgtrigger_reversals_follow_99462', table='customers_sale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sale',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "customers_saleevent" ("amount", "currency", "customer_id", "id", "made_at", "order_number", "ordered_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "reverses_id", "salesperson_id", "shipped_on") SELECT new_values."amount", new_values."currency", new_values."customer_id", new_values."id", new_values."made_at", new_values."order_number", new_values."ordered_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."removed_at", new_values."reverses_id", new_values."salesperson_id", new_values."shipped_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1a5c46bc37c81d4300ac4c201e83f462c49e219c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ab285', referencing='REFERENCING NEW TABLE AS new_values ', table='customers_sale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sale',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "customers_saleevent" ("amount", "currency", "customer_id", "id", "made_at", "order_number", "ordered_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "reverses_id", "salesperson_id", "shipped_on") SELECT new_values."amount", new_values."currency", new_values."customer_id", new_values."id", new_values."made_at", new_values."order_number", new_values."ordered_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."removed_at", new_values."reverses_id", new_values."salesperson_id", new_values."shipped_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2790f80c6eaf74f639089b8a11a77735c9c4e8e5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4a3f7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='customers_sale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f7646b7eb71fa23a2aca212b664841e3f6b583d4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0f039', table='customers_saleevent', when='BEFORE')),
        ),
    ]
