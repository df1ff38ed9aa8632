import compensation.models.plans
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# compensation/rules/credits.py tells it in words: cents by largest remainder, ties to the lower key.
SHARE = """
CREATE FUNCTION compensation_share(whole numeric, sale bigint, person bigint) RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT sign(whole) * (down + (place <= abs(whole) * 100 - all_down)::int) * 0.01 FROM (
        SELECT salesperson_id, down, sum(down) OVER () AS all_down,
            row_number() OVER (ORDER BY rest DESC, salesperson_id) AS place
        FROM (
            SELECT salesperson_id, div(abs(whole) * 100 * share_ppm, 1000000) AS down,
                mod(abs(whole) * 100 * share_ppm, 1000000) AS rest
            FROM compensation_salecredit WHERE sale_id = sale
        ) AS parts
    ) AS places WHERE salesperson_id = person
$$
"""
# A reversal takes back the difference it makes to each share, so that what comes back in pieces comes back to the cent.
# Only a reversal looks for its sale: everybody else's sales are read by their index alone.
CREDITED = """
CREATE VIEW compensation_creditedsale AS
SELECT sale.id AS sale_id, sale.salesperson_id, sale.customer_id, sale.order_number, sale.ordered_on,
    sale.ordered_on AS sold_on, sale.amount, sale.amount AS whole, sale.currency, FALSE AS is_reversal
FROM customers_sale sale
WHERE sale.removed_at IS NULL AND sale.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM compensation_salecredit WHERE sale_id = sale.id)
UNION ALL
SELECT sale.id, sale.salesperson_id, sale.customer_id, sale.order_number, sale.ordered_on, original.ordered_on,
    sale.amount, sale.amount, sale.currency, TRUE
FROM customers_sale sale JOIN customers_sale original ON original.id = sale.reverses_id
WHERE sale.removed_at IS NULL AND sale.reverses_id IS NOT NULL AND original.removed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM compensation_salecredit WHERE sale_id = sale.reverses_id)
UNION ALL
SELECT sale.id, credit.salesperson_id, sale.customer_id, sale.order_number, sale.ordered_on, sale.ordered_on,
    compensation_share(sale.amount, sale.id, credit.salesperson_id), sale.amount, sale.currency, FALSE
FROM compensation_salecredit credit JOIN customers_sale sale ON sale.id = credit.sale_id
WHERE sale.removed_at IS NULL
UNION ALL
SELECT sale.id, credit.salesperson_id, sale.customer_id, sale.order_number, sale.ordered_on, original.ordered_on,
    compensation_share(kept.before + sale.amount, original.id, credit.salesperson_id)
    - compensation_share(kept.before, original.id, credit.salesperson_id), sale.amount, sale.currency, TRUE
FROM compensation_salecredit credit
JOIN customers_sale original ON original.id = credit.sale_id
JOIN customers_sale sale ON sale.reverses_id = original.id
CROSS JOIN LATERAL (
    SELECT original.amount + coalesce(sum(earlier.amount), 0) AS before FROM customers_sale earlier
    WHERE earlier.reverses_id = original.id AND earlier.removed_at IS NULL
    AND (earlier.ordered_on, earlier.id) < (sale.ordered_on, sale.id)
) AS kept
WHERE sale.removed_at IS NULL AND original.removed_at IS NULL
"""


class Migration(migrations.Migration):

    replaces = [
        ('compensation', '0001_initial'),
        ('compensation', '0002_full_cycle'),
        ('compensation', '0003_runs_in_full'),
        ('compensation', '0004_versions_and_writers'),
        ('compensation', '0005_facts_that_pay'),
        ('compensation', '0006_run_totals'),
        ('compensation', '0007_lines_checked_together'),
        ('compensation', '0008_credited_by_index'),
        ('compensation', '0009_quota_imports'),
        ('compensation', '0010_chance_drawn_in_batches'),
        ('compensation', '0011_days_to_answer_disputes'),
    ]

    initial = True

    dependencies = [
        ('customers', '0001_squashed'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('report_cards', '0001_squashed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CreditedSale',
            fields=[
                ('pk', models.CompositePrimaryKey('sale_id', 'salesperson_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('order_number', models.CharField(max_length=40)),
                ('ordered_on', models.DateField()),
                ('sold_on', models.DateField()),
                ('amount', models.DecimalField(decimal_places=2, help_text='Credited to this salesperson.', max_digits=14)),
                ('whole', models.DecimalField(decimal_places=2, help_text='Of the sale.', max_digits=14)),
                ('currency', models.CharField(max_length=3)),
                ('is_reversal', models.BooleanField()),
            ],
            options={
                'db_table': 'compensation_creditedsale',
                'ordering': ['-ordered_on', '-sale'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='BonusPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('version', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('currency', models.CharField(max_length=3, validators=[django.core.validators.RegexValidator('^[A-Z]{3}$', 'Use the three letters of ISO 4217.')])),
                ('starts_on', models.DateField(help_text='First day of a month.')),
                ('months', models.PositiveSmallIntegerField(default=36, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)])),
                ('continuing_days', models.PositiveSmallIntegerField(default=365, help_text='A sale is continuing when the firm sold to the customer in so many days before.')),
                ('rates', models.JSONField(blank=True, default=dict, help_text='Fixed rates into the plan\'s currency: {"USD": "0.92"}.')),
                ('template', models.CharField(blank=True, help_text='Key of the template it began with.', max_length=30)),
                ('effective_on', models.DateField(help_text="From when this version pays; null: from the plan's start.", null=True)),
                ('pays_monthly', models.BooleanField(default=False, help_text='Each month is paid; else only the final run pays.')),
                ('dispute_days', models.PositiveSmallIntegerField(default=30, help_text='How long a statement can be disputed.')),
                ('answer_days', models.PositiveSmallIntegerField(default=14, help_text='By when compensation answers a dispute.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(366)])),
                ('document_hash', models.CharField(blank=True, editable=False, help_text='SHA-256, as approved.', max_length=64)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('approved', 'Approved')], default='draft', max_length=8)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('approved_at', models.DateTimeField(null=True)),
                ('removed_at', models.DateTimeField(help_text='When the draft was taken out of every list.', null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.ForeignKey(blank=True, help_text='Its last version.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='compensation.bonusplan')),
            ],
            options={
                'ordering': ['-starts_on', 'name', '-version'],
                'constraints': [models.UniqueConstraint(fields=('name', 'version'), name='plan_version_once'), models.CheckConstraint(condition=models.Q(('starts_on__day', 1)), name='plan_starts_a_month'), models.CheckConstraint(condition=models.Q(('months__gte', 1), ('months__lte', 120)), name='plan_months'), models.CheckConstraint(condition=models.Q(('answer_days__gte', 1), ('answer_days__lte', 366)), name='plan_answer_days'), models.CheckConstraint(condition=models.Q(models.Q(('effective_on', None), ('replaces', None)), models.Q(('effective_on__day', 1), ('effective_on__gt', models.F('starts_on')), ('replaces__isnull', False)), _connector='OR'), name='plan_effective_a_month'), models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('replaces',), name='plan_replaced_by_one_version'), models.CheckConstraint(condition=models.Q(('removed_at', None), ('state', 'draft'), _connector='OR'), name='plan_removed_as_draft'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None), ('state', 'draft')), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('state', 'approved')), _connector='OR'), name='plan_approved_by_someone'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('made_by')), _negated=True), _connector='OR'), name='plan_approved_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(help_text='The last day away.')),
                ('reason', models.CharField(max_length=200)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('salesperson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='leave_forward'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='leave_says_why'), models.CheckConstraint(condition=models.Q(('changed_by', models.F('salesperson')), _negated=True), name='leave_not_own'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('salesperson', '='), (models.Func('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='leave_no_overlap')],
            },
        ),
        migrations.CreateModel(
            name='LeaveEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(help_text='The last day away.')),
                ('reason', models.CharField(max_length=200)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='compensation.leave')),
                ('salesperson', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PayrollFormat',
            fields=[
                ('id', models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('columns', models.JSONField(default=list, help_text='Pairs of field and heading: [["employee_number", "Emp"]].')),
                ('separator', models.CharField(choices=[(',', 'comma'), (';', 'semicolon'), ('\t', 'tab')], default=',', max_length=1)),
                ('decimal_mark', models.CharField(choices=[('.', 'point'), (',', 'comma')], default='.', max_length=1)),
                ('changed_at', models.DateTimeField(null=True)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='payroll_format_only_one')],
            },
        ),
        migrations.CreateModel(
            name='PlanMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target_bonus', models.DecimalField(decimal_places=2, help_text='For a whole year.', max_digits=12)),
                ('eligible_from', models.DateField(blank=True, help_text='Empty: from the start of the plan.', null=True)),
                ('eligible_until', models.DateField(blank=True, help_text='Last day; empty: to the end of the plan.', null=True)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='compensation.bonusplan')),
                ('salesperson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_members', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['salesperson__name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'salesperson'), name='plan_member_once'), models.CheckConstraint(condition=models.Q(('target_bonus__gte', 0)), name='plan_member_target_bonus'), models.CheckConstraint(condition=models.Q(('changed_by', models.F('salesperson')), _negated=True), name='plan_member_not_own_pay'), models.CheckConstraint(condition=models.Q(('eligible_from', None), ('eligible_until', None), ('eligible_until__gte', models.F('eligible_from')), _connector='OR'), name='plan_member_forward')],
            },
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('typed_name', models.CharField(max_length=200)),
                ('document_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgement', to='compensation.planmember')),
            ],
        ),
        migrations.CreateModel(
            name='PlanMemberEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('target_bonus', models.DecimalField(decimal_places=2, help_text='For a whole year.', max_digits=12)),
                ('eligible_from', models.DateField(blank=True, help_text='Empty: from the start of the plan.', null=True)),
                ('eligible_until', models.DateField(blank=True, help_text='Last day; empty: to the end of the plan.', null=True)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='compensation.planmember')),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='compensation.bonusplan')),
                ('salesperson', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanWriter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='writers', to='compensation.bonusplan')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'user'), name='plan_writer_once')],
            },
        ),
        migrations.CreateModel(
            name='PlanYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='report_cards.reportcard')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='years', to='compensation.bonusplan')),
            ],
            options={
                'ordering': ['plan', 'number'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='plan_year_once'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='plan_year_forward')],
            },
        ),
        migrations.CreateModel(
            name='Component',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.CharField(choices=[('new_revenue', 'New revenue'), ('continuing_revenue', 'Continuing revenue'), ('secret_gathering', 'Secret gathering'), ('outside_solutions', 'Someone else’s solution'), ('relationship', 'Relationship')], max_length=20)),
                ('kind', models.CharField(choices=[('revenue', 'Revenue'), ('rating', 'Rating')], max_length=7)),
                ('weight_bp', models.PositiveSmallIntegerField(verbose_name='weight in basis points')),
                ('curve', models.JSONField(help_text='Points [attainment, payout], such as ["1.00", "1"].', validators=[compensation.models.plans.check_curve])),
                ('target', models.DecimalField(decimal_places=4, max_digits=5, null=True)),
                ('prior_strength', models.PositiveSmallIntegerField(null=True, verbose_name='k')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='components', to='compensation.planyear')),
            ],
            options={
                'ordering': ['year', 'position'],
                'constraints': [models.UniqueConstraint(fields=('year', 'key'), name='component_once_a_year'), models.CheckConstraint(condition=models.Q(('weight_bp__lte', 10000)), name='component_weight'), models.CheckConstraint(condition=models.Q(('target', None), models.Q(('target__gt', 0), ('target__lte', 1)), _connector='OR'), name='component_target'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'revenue'), ('prior_strength', None), ('target', None)), models.Q(('kind', 'rating'), ('prior_strength__isnull', False), ('target__isnull', False)), _connector='OR'), name='component_rated_with_target')],
            },
        ),
        migrations.CreateModel(
            name='PlanBehaviour',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.SlugField()),
                ('name', models.CharField(max_length=60)),
                ('weight_bp', models.PositiveSmallIntegerField(verbose_name='weight in basis points')),
                ('target', models.DecimalField(decimal_places=4, max_digits=5)),
                ('prior_mean', models.DecimalField(decimal_places=4, max_digits=5, verbose_name='baseline m')),
                ('prior_reason', models.CharField(blank=True, help_text="Why the baseline is not the firm's own mean; empty where it is.", max_length=200)),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='behaviours', to='compensation.component')),
            ],
            options={
                'ordering': ['component', 'position'],
                'constraints': [models.UniqueConstraint(fields=('component', 'key'), name='plan_behaviour_once'), models.CheckConstraint(condition=models.Q(('prior_mean__gte', 0), ('prior_mean__lte', 1), ('target__gt', 0), ('target__lte', 1), ('weight_bp__lte', 10000)), name='plan_behaviour_numbers')],
            },
        ),
        migrations.CreateModel(
            name='ChanceDraw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('facts', models.CharField(help_text='Hash of the facts drawn from.', max_length=16)),
                ('facts_on', models.DateField(help_text='The day whose twelve months back they are.')),
                ('mix', models.JSONField(help_text='The components as the sliders stood.')),
                ('mark', models.CharField(help_text='Hash of facts and mix.', max_length=16)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField()),
                ('sums', models.JSONField(default=list)),
                ('each', models.JSONField(default=list)),
                ('problem', models.CharField(blank=True, max_length=200)),
                ('ended_at', models.DateTimeField(null=True)),
                ('asked_by', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='chance_draw', to=settings.AUTH_USER_MODEL)),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='compensation.planyear')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_at', None), ('done', models.F('total')), models.Q(('problem', ''), _negated=True), _connector='OR'), name='chance_drawn_for_all')],
            },
        ),
        migrations.CreateModel(
            name='Quota',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('new_revenue', 'New revenue'), ('continuing_revenue', 'Continuing revenue')], max_length=20)),
                ('amount', models.DecimalField(decimal_places=2, help_text='For the whole plan year.', max_digits=14)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('salesperson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quotas', to=settings.AUTH_USER_MODEL)),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotas', to='compensation.planyear')),
            ],
            options={
                'ordering': ['year', 'salesperson', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('salesperson', 'year', 'kind'), name='quota_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='quota_above_nothing'), models.CheckConstraint(condition=models.Q(('changed_by', models.F('salesperson')), _negated=True), name='quota_not_own_pay')],
            },
        ),
        migrations.CreateModel(
            name='QuotaEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('new_revenue', 'New revenue'), ('continuing_revenue', 'Continuing revenue')], max_length=20)),
                ('amount', models.DecimalField(decimal_places=2, help_text='For the whole plan year.', max_digits=14)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='compensation.quota')),
                ('salesperson', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('year', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='compensation.planyear')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuotaImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200)),
                ('read_as', models.CharField(help_text='Encoding, separator and decimal mark, in words.', max_length=100)),
                ('headings', models.JSONField(default=list)),
                ('left_out', models.JSONField(default=list, help_text='Headings nobody could read a meaning into.')),
                ('rows', models.JSONField(default=list)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('applied_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('applied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quota_imports', to='compensation.bonusplan')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('applied_at', None), ('applied_by', None)), models.Q(('applied_at__isnull', False), ('applied_by__isnull', False)), _connector='OR'), name='quota_import_applied_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('applied_at__isnull', False), ('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='quota_import_undone_once_applied')],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('accrual', 'monthly accrual'), ('final', 'Final')], max_length=7)),
                ('through', models.DateField(help_text='Last day whose facts count.')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('computing', 'Computing'), ('computed', 'waits for approval'), ('refused', 'Refused'), ('locked', 'Locked'), ('dropped', 'Dropped')], default='waiting', max_length=9)),
                ('facts_hash', models.CharField(blank=True, help_text='SHA-256 over the run before and all inputs.', max_length=64)),
                ('facts_at', models.DateTimeField(help_text='Moment of the snapshot.', null=True)),
                ('members_total', models.PositiveIntegerField(default=0)),
                ('members_done', models.PositiveIntegerField(default=0)),
                ('total', models.DecimalField(decimal_places=3, default=0, help_text="In the plan's currency.", max_digits=16)),
                ('totals', models.JSONField(default=dict, help_text='Amounts by component and by the teams of that day: {"components": …, "teams": …}.')),
                ('refusals', models.JSONField(default=list, help_text='Why the run stopped: what to mend, by member.')),
                ('run_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('issued_at', models.DateTimeField(help_text='When the last statement was mailed.', null=True)),
                ('note', models.CharField(blank=True, default='', help_text='Why it was dropped.', max_length=500)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='compensation.bonusplan')),
                ('previous', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='compensation.run')),
                ('run_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='compensation.planyear')),
            ],
            options={
                'ordering': ['-run_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'computing', 'computed'])), fields=('plan',), name='run_one_open_a_plan'), models.UniqueConstraint(condition=models.Q(('state__in', ['dropped', 'refused']), _negated=True), fields=('year', 'kind', 'through'), name='run_once'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None), models.Q(('state', 'locked'), _negated=True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('state', 'locked')), _connector='OR'), name='run_locked_by_approval'), models.CheckConstraint(condition=models.Q(('note', ''), ('state', 'dropped'), _negated=True), name='run_dropped_with_reason'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('run_by')), _negated=True), _connector='OR'), name='run_approved_by_another')],
            },
        ),
        migrations.CreateModel(
            name='PayrollExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('rows', models.PositiveIntegerField()),
                ('total', models.DecimalField(decimal_places=3, max_digits=16)),
                ('sha256', models.CharField(help_text='Of the file.', max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exports', to='compensation.run')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='RunInput',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('inputs', models.TextField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='compensation.planmember')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inputs', to='compensation.run')),
            ],
            options={
                'ordering': ['run', 'member'],
                'constraints': [models.UniqueConstraint(fields=('run', 'member'), name='run_input_once')],
            },
        ),
        migrations.CreateModel(
            name='SaleCredit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share_ppm', models.PositiveIntegerField(help_text='Millionths of the sale; all of a sale sum to 1,000,000.')),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sale', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='customers.sale')),
                ('salesperson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sale_credits', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['sale', 'salesperson'],
                'constraints': [models.UniqueConstraint(fields=('sale', 'salesperson'), name='sale_credit_once'), models.CheckConstraint(condition=models.Q(('share_ppm__gte', 1), ('share_ppm__lte', 1000000)), name='sale_credit_share')],
            },
        ),
        migrations.CreateModel(
            name='SaleCreditEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('share_ppm', models.PositiveIntegerField(help_text='Millionths of the sale; all of a sale sum to 1,000,000.')),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='compensation.salecredit')),
                ('sale', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.sale')),
                ('salesperson', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('estimate', 'Estimate'), ('accrual', 'Accrual'), ('final', 'Final')], default='estimate', max_length=8)),
                ('as_of', models.DateField()),
                ('inputs', models.JSONField()),
                ('inputs_hash', models.CharField(max_length=64)),
                ('result', models.JSONField()),
                ('kept_at', models.DateTimeField()),
                ('total', models.DecimalField(decimal_places=3, help_text='Of the year to date.', max_digits=14, null=True)),
                ('amount', models.DecimalField(decimal_places=3, help_text='Of this run alone.', max_digits=14, null=True)),
                ('target', models.DecimalField(decimal_places=3, help_text='Bonus at 100 % for the days.', max_digits=14, null=True)),
                ('is_provisional', models.BooleanField(default=False, help_text='Whether any of its lines is.')),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='compensation.planmember')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='compensation.run')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='compensation.planyear')),
            ],
            options={
                'ordering': ['-as_of', '-id'],
                'indexes': [models.Index(fields=['run', 'amount'], name='statement_by_amount')],
                'constraints': [models.UniqueConstraint(fields=('run', 'member'), name='statement_once_a_run'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'estimate'), ('run', None)), models.Q(models.Q(('kind', 'estimate'), _negated=True), ('run__isnull', False)), _connector='OR'), name='statement_paid_by_a_run')],
            },
        ),
        migrations.CreateModel(
            name='Adjustment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('component', models.CharField(choices=[('new_revenue', 'New revenue'), ('continuing_revenue', 'Continuing revenue'), ('secret_gathering', 'Secret gathering'), ('outside_solutions', 'Someone else’s solution'), ('relationship', 'Relationship')], max_length=20)),
                ('amount', models.DecimalField(decimal_places=3, max_digits=14)),
                ('cause', models.CharField(choices=[('late_facts', 'facts that came late'), ('dispute', 'a dispute')], max_length=10)),
                ('reason', models.CharField(max_length=500)),
                ('inputs', models.JSONField(help_text='What the corrected statement would be computed from.', null=True)),
                ('made_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('refused_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='compensation.planmember')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='compensation.planyear')),
                ('settled_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='compensation.run')),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='compensation.statement')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('settled_in', None)), fields=['year'], name='adjustment_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='adjustment_changes_something'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='adjustment_says_why'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('made_by')), _negated=True), _connector='OR'), name='adjustment_approved_by_another'), models.CheckConstraint(condition=models.Q(('settled_in', None), ('approved_at__isnull', False), _connector='OR'), name='adjustment_approved_to_settle'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='adjustment_approved_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('refused_at', None), ('refused_by', None)), models.Q(('refused_at__isnull', False), ('refused_by__isnull', False)), _connector='OR'), name='adjustment_refused_by_someone'), models.CheckConstraint(condition=models.Q(('approved_at', None), ('refused_at', None), _connector='OR'), name='adjustment_decided_one_way')],
            },
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('component', models.CharField(choices=[('new_revenue', 'New revenue'), ('continuing_revenue', 'Continuing revenue'), ('secret_gathering', 'Secret gathering'), ('outside_solutions', 'Someone else’s solution'), ('relationship', 'Relationship')], max_length=20)),
                ('text', models.TextField()),
                ('opened_at', models.DateTimeField()),
                ('answer_by', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('upheld', 'Upheld'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='open', max_length=9)),
                ('decision', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('adjustment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dispute', to='compensation.adjustment')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to=settings.AUTH_USER_MODEL)),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='compensation.statement')),
            ],
            options={
                'ordering': ['-opened_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['answer_by'], name='dispute_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('statement', 'component'), name='dispute_one_open_a_line'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'withdrawn']), models.Q(models.Q(('decision', ''), _negated=True), ('decided_by__isnull', False)), _connector='OR'), name='dispute_decided_with_reason'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('opened_by')), _negated=True), _connector='OR'), name='dispute_decided_by_another')],
            },
        ),
        migrations.CreateModel(
            name='DisputeMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('text', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='compensation.dispute')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='issue', to='compensation.statement')),
            ],
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('component', models.CharField(choices=[('new_revenue', 'New revenue'), ('continuing_revenue', 'Continuing revenue'), ('secret_gathering', 'Secret gathering'), ('outside_solutions', 'Someone else’s solution'), ('relationship', 'Relationship')], max_length=20)),
                ('year_to_date', models.DecimalField(decimal_places=3, max_digits=14)),
                ('before', models.DecimalField(decimal_places=3, default=0, help_text='Accrued by the runs before.', max_digits=14)),
                ('amount', models.DecimalField(decimal_places=3, help_text='Of this run: year to date less before.', max_digits=14)),
                ('is_provisional', models.BooleanField(default=False)),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='compensation.statement')),
            ],
            options={
                'ordering': ['statement', 'id'],
                'constraints': [models.UniqueConstraint(fields=('statement', 'component'), name='statement_line_once'), models.CheckConstraint(condition=models.Q(('amount', django.db.models.expressions.CombinedExpression(models.F('year_to_date'), '-', models.F('before')))), name='statement_line_adds_up')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bonusplan',
            trigger=pgtrigger.compiler.Trigger(name='approved_plan_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'approved\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f553f58d1a29ebf4d0040ce855bff4b5ea829e11', operation='UPDATE OR DELETE', pgid='pgtrigger_approved_plan_is_final_b0059', table='compensation_bonusplan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bonusplan',
            trigger=pgtrigger.compiler.Trigger(name='approval_is_whole', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" = \'approved\' AND OLD."state" = \'draft\')', func="\nIF NEW.document_hash = '' THEN\n    RAISE EXCEPTION 'a bonus plan is approved with the hash of its document';\nEND IF;\nIF EXISTS (SELECT 1 FROM compensation_planwriter WHERE plan_id = NEW.id AND user_id = NEW.approved_by_id) THEN\n    RAISE EXCEPTION 'whoever wrote on a bonus plan does not approve it';\nEND IF;\nIF EXISTS (SELECT 1 FROM compensation_planmember WHERE plan_id = NEW.id AND salesperson_id = NEW.approved_by_id) THEN\n    RAISE EXCEPTION 'nobody approves a bonus plan that pays them';\nEND IF;\nIF NEW.replaces_id IS NOT NULL AND NOT EXISTS (\n    SELECT 1 FROM compensation_bonusplan before\n    WHERE before.id = NEW.replaces_id AND before.state = 'approved'\n        AND before.starts_on = NEW.starts_on AND before.months = NEW.months AND before.currency = NEW.currency\n        AND NEW.effective_on > coalesce(before.effective_on, before.starts_on)\n        AND NEW.effective_on < before.starts_on + make_interval(months => before.months)\n) THEN\n    RAISE EXCEPTION 'a new version takes over from an approved one, within its months';\nEND IF;\nRETURN NEW;\n", hash='b208b0d666f42c180b79f67a8d08a1b3adca0dfc', operation='UPDATE', pgid='pgtrigger_approval_is_whole_635f4', table='compensation_bonusplan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bonusplan',
            trigger=pgtrigger.compiler.Trigger(name='no_day_paid_twice', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" = \'approved\' AND OLD."state" = \'draft\')', func="\nPERFORM pg_advisory_xact_lock(hashtext('compensation.paid_days'));\nIF EXISTS (\n    SELECT 1 FROM (\nSELECT member.id, member.salesperson_id, member.plan_id,\n    greatest(coalesce(plan.effective_on, plan.starts_on), member.eligible_from) AS first,\n    least((plan.starts_on + make_interval(months => plan.months))::date, following.effective_on,\n          member.eligible_until + 1) AS after\nFROM compensation_planmember member\nJOIN compensation_bonusplan plan ON plan.id = member.plan_id AND plan.state = 'approved'\nLEFT JOIN compensation_bonusplan following ON following.replaces_id = plan.id AND following.state = 'approved'\n) mine JOIN (\nSELECT member.id, member.salesperson_id, member.plan_id,\n    greatest(coalesce(plan.effective_on, plan.starts_on), member.eligible_from) AS first,\n    least((plan.starts_on + make_interval(months => plan.months))::date, following.effective_on,\n          member.eligible_until + 1) AS after\nFROM compensation_planmember member\nJOIN compensation_bonusplan plan ON plan.id = member.plan_id AND plan.state = 'approved'\nLEFT JOIN compensation_bonusplan following ON following.replaces_id = plan.id AND following.state = 'approved'\n) other USING (salesperson_id)\n    WHERE mine.plan_id = NEW.id AND mine.id <> other.id AND mine.first < mine.after AND other.first < other.after\n        AND mine.first < other.after AND other.first < mine.after\n) THEN\n    RAISE EXCEPTION 'no day of a salesperson is paid by two bonus plans' USING ERRCODE = 'exclusion_violation';\nEND IF;\nRETURN NULL;\n", hash='2e47815d6f17a780c2f7b1893a5b548d6f63c9ab', operation='UPDATE', pgid='pgtrigger_no_day_paid_twice_2c431', table='compensation_bonusplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bonusplan',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='8eb5b04dcb4fbe523ed7682c334dc8429202e8c6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_677b7', table='compensation_bonusplan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disputemessage',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='708b07dc41c8d84d515a3be9649333e46b1c6bc0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b607e', table='compensation_disputemessage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disputemessage',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='4ce79f27041b32e5c67256a73cee4c1ff43593be', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_a464e', table='compensation_disputemessage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leave',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "compensation_leaveevent" ("changed_at", "changed_by_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "salesperson_id", "starts_on") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."salesperson_id", NEW."starts_on"); RETURN NULL;', hash='6f8d97395f017ed64ac3be7305fd430a1ea9ab7c', operation='INSERT', pgid='pgtrigger_insert_insert_011b9', table='compensation_leave', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leave',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "compensation_leaveevent" ("changed_at", "changed_by_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "salesperson_id", "starts_on") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."salesperson_id", NEW."starts_on"); RETURN NULL;', hash='18ad6aea617968159874f2ab60f83a27936a7cf6', operation='UPDATE', pgid='pgtrigger_update_update_ea0e4', table='compensation_leave', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leave',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "compensation_leaveevent" ("changed_at", "changed_by_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "salesperson_id", "starts_on") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."ends_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."salesperson_id", OLD."starts_on"); RETURN NULL;', hash='73f328260b05f757489ea3d6adcb03a19c3e69b5', operation='DELETE', pgid='pgtrigger_delete_delete_5ea44', table='compensation_leave', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaveevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='54988c5c186934fe046d36bc056bca40568ed0c9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1a3c1', table='compensation_leaveevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planbehaviour',
            trigger=pgtrigger.compiler.Trigger(name='approved_plan_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM compensation_bonusplan WHERE id IN ((SELECT year.plan_id FROM compensation_planyear year JOIN compensation_component part ON part.year_id = year.id WHERE part.id = NEW.component_id), (SELECT year.plan_id FROM compensation_planyear year JOIN compensation_component part ON part.year_id = year.id WHERE part.id = OLD.component_id)) FOR SHARE;\nIF EXISTS (\n    SELECT 1 FROM compensation_bonusplan WHERE id IN ((SELECT year.plan_id FROM compensation_planyear year JOIN compensation_component part ON part.year_id = year.id WHERE part.id = NEW.component_id), (SELECT year.plan_id FROM compensation_planyear year JOIN compensation_component part ON part.year_id = year.id WHERE part.id = OLD.component_id)) AND state = 'approved'\n) THEN\n    RAISE EXCEPTION 'an approved bonus plan never changes';\nEND IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n", hash='f527811373248f0d98837de4473ab7840a76a32a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_approved_plan_is_final_e8961', table='compensation_planbehaviour', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planbehaviour',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='f5a1ebd4a93a079f143e06215b67334f8e8fb2fe', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_04ba6', table='compensation_planbehaviour', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planmember',
            trigger=pgtrigger.compiler.Trigger(name='no_day_paid_twice', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM compensation_bonusplan WHERE id = NEW.plan_id FOR SHARE;\nIF EXISTS (SELECT 1 FROM compensation_bonusplan WHERE id = NEW.plan_id AND state = 'draft') THEN\n    RETURN NULL;\nEND IF;\n\nPERFORM pg_advisory_xact_lock(hashtext('compensation.paid_days'));\nIF EXISTS (\n    SELECT 1 FROM (\nSELECT member.id, member.salesperson_id, member.plan_id,\n    greatest(coalesce(plan.effective_on, plan.starts_on), member.eligible_from) AS first,\n    least((plan.starts_on + make_interval(months => plan.months))::date, following.effective_on,\n          member.eligible_until + 1) AS after\nFROM compensation_planmember member\nJOIN compensation_bonusplan plan ON plan.id = member.plan_id AND plan.state = 'approved'\nLEFT JOIN compensation_bonusplan following ON following.replaces_id = plan.id AND following.state = 'approved'\n) mine JOIN (\nSELECT member.id, member.salesperson_id, member.plan_id,\n    greatest(coalesce(plan.effective_on, plan.starts_on), member.eligible_from) AS first,\n    least((plan.starts_on + make_interval(months => plan.months))::date, following.effective_on,\n          member.eligible_until + 1) AS after\nFROM compensation_planmember member\nJOIN compensation_bonusplan plan ON plan.id = member.plan_id AND plan.state = 'approved'\nLEFT JOIN compensation_bonusplan following ON following.replaces_id = plan.id AND following.state = 'approved'\n) other USING (salesperson_id)\n    WHERE mine.id = NEW.id AND mine.id <> other.id AND mine.first < mine.after AND other.first < other.after\n        AND mine.first < other.after AND other.first < mine.after\n) THEN\n    RAISE EXCEPTION 'no day of a salesperson is paid by two bonus plans' USING ERRCODE = 'exclusion_violation';\nEND IF;\nRETURN NULL;\n", hash='0f3fe2b50aebf68bfa4ac41ccc1fe9dbf81239f4', operation='INSERT OR UPDATE OF "plan_id", "salesperson_id", "eligible_from", "eligible_until"', pgid='pgtrigger_no_day_paid_twice_80c36', table='compensation_planmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planmember',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "compensation_planmemberevent" ("changed_at", "changed_by_id", "eligible_from", "eligible_until", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "salesperson_id", "target_bonus") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."eligible_from", NEW."eligible_until", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."salesperson_id", NEW."target_bonus"); RETURN NULL;', hash='8564692f83161369d17e1bffd34b144ad06cbc83', operation='INSERT', pgid='pgtrigger_insert_insert_affc9', table='compensation_planmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planmember',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "compensation_planmemberevent" ("changed_at", "changed_by_id", "eligible_from", "eligible_until", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "salesperson_id", "target_bonus") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."eligible_from", NEW."eligible_until", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."salesperson_id", NEW."target_bonus"); RETURN NULL;', hash='1f7279d8e64baeffadeab5d15a1a8b16cbfba592', operation='UPDATE', pgid='pgtrigger_update_update_65b4d', table='compensation_planmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planmember',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "compensation_planmemberevent" ("changed_at", "changed_by_id", "eligible_from", "eligible_until", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "salesperson_id", "target_bonus") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."eligible_from", OLD."eligible_until", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."salesperson_id", OLD."target_bonus"); RETURN NULL;', hash='6dc7018ccbc1c8dad634f747c8d4f6cbf5481045', operation='DELETE', pgid='pgtrigger_delete_delete_0eefb', table='compensation_planmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acknowledgement',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='596cadf9d3f55aa9d1edb1e9bc5e35b8b9b8c7ae', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5aeda', table='compensation_acknowledgement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acknowledgement',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='d2a46f1269a17f313a2f007c7b062ecc542bf04b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_7c3ff', table='compensation_acknowledgement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planmemberevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d4cf78f5c072355b8bf0ac1977d0f9892c6277c6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fad72', table='compensation_planmemberevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planwriter',
            trigger=pgtrigger.compiler.Trigger(name='approved_plan_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM compensation_bonusplan WHERE id IN ((SELECT NEW.plan_id), (SELECT OLD.plan_id)) FOR SHARE;\nIF EXISTS (\n    SELECT 1 FROM compensation_bonusplan WHERE id IN ((SELECT NEW.plan_id), (SELECT OLD.plan_id)) AND state = 'approved'\n) THEN\n    RAISE EXCEPTION 'an approved bonus plan never changes';\nEND IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n", hash='2838fe446bf8a80ff6e0eb1954c719a863255e41', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_approved_plan_is_final_b4c16', table='compensation_planwriter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planwriter',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='85b60fcc9fae03a43a831cd1debca043ba23a6c9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_e1c01', table='compensation_planwriter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planyear',
            trigger=pgtrigger.compiler.Trigger(name='approved_plan_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM compensation_bonusplan WHERE id IN ((SELECT NEW.plan_id), (SELECT OLD.plan_id)) FOR SHARE;\nIF EXISTS (\n    SELECT 1 FROM compensation_bonusplan WHERE id IN ((SELECT NEW.plan_id), (SELECT OLD.plan_id)) AND state = 'approved'\n) THEN\n    RAISE EXCEPTION 'an approved bonus plan never changes';\nEND IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n", hash='58b7cfa9d0182b3ba73dd2123fe33b7e3423ea2b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_approved_plan_is_final_6eaac', table='compensation_planyear', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planyear',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='60b4432ef2dcd983e6793718bfc6af6004089a4c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_0f4d2', table='compensation_planyear', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='component',
            trigger=pgtrigger.compiler.Trigger(name='approved_plan_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM compensation_bonusplan WHERE id IN ((SELECT plan_id FROM compensation_planyear WHERE id = NEW.year_id), (SELECT plan_id FROM compensation_planyear WHERE id = OLD.year_id)) FOR SHARE;\nIF EXISTS (\n    SELECT 1 FROM compensation_bonusplan WHERE id IN ((SELECT plan_id FROM compensation_planyear WHERE id = NEW.year_id), (SELECT plan_id FROM compensation_planyear WHERE id = OLD.year_id)) AND state = 'approved'\n) THEN\n    RAISE EXCEPTION 'an approved bonus plan never changes';\nEND IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n", hash='4f50b0d2e1b9e2a717408c1cdd889cb3906dd2ac', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_approved_plan_is_final_56c5d', table='compensation_component', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='component',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='29c1600fff41b06f60de9a0b729e5fbe998952ed', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_a645e', table='compensation_component', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quota',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "compensation_quotaevent" ("amount", "changed_at", "changed_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "salesperson_id", "year_id") VALUES (NEW."amount", NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."salesperson_id", NEW."year_id"); RETURN NULL;', hash='b3f05bc748507f240685eee6d3e85efbb80b5795', operation='INSERT', pgid='pgtrigger_insert_insert_7b8a4', table='compensation_quota', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quota',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "compensation_quotaevent" ("amount", "changed_at", "changed_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "salesperson_id", "year_id") VALUES (NEW."amount", NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."salesperson_id", NEW."year_id"); RETURN NULL;', hash='c978fc17848d23ef2708cba18d47a072950404c4', operation='UPDATE', pgid='pgtrigger_update_update_dce20', table='compensation_quota', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quota',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "compensation_quotaevent" ("amount", "changed_at", "changed_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "salesperson_id", "year_id") VALUES (OLD."amount", OLD."changed_at", OLD."changed_by_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."salesperson_id", OLD."year_id"); RETURN NULL;', hash='5d45dbda64e336ff9dea24c9aed815f28cc094e0', operation='DELETE', pgid='pgtrigger_delete_delete_09d72', table='compensation_quota', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotaevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='aa38f7a81c0466339d5935272cd60df744c96a50', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_46ebd', table='compensation_quotaevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='run',
            trigger=pgtrigger.compiler.Trigger(name='locked_run_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'locked\' AND (OLD."issued_at" IS NOT NULL OR OLD."plan_id" IS DISTINCT FROM (NEW."plan_id") OR OLD."year_id" IS DISTINCT FROM (NEW."year_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."through" IS DISTINCT FROM (NEW."through") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."previous_id" IS DISTINCT FROM (NEW."previous_id") OR OLD."facts_hash" IS DISTINCT FROM (NEW."facts_hash") OR OLD."facts_at" IS DISTINCT FROM (NEW."facts_at") OR OLD."members_total" IS DISTINCT FROM (NEW."members_total") OR OLD."members_done" IS DISTINCT FROM (NEW."members_done") OR OLD."total" IS DISTINCT FROM (NEW."total") OR OLD."totals" IS DISTINCT FROM (NEW."totals") OR OLD."refusals" IS DISTINCT FROM (NEW."refusals") OR OLD."run_by_id" IS DISTINCT FROM (NEW."run_by_id") OR OLD."run_at" IS DISTINCT FROM (NEW."run_at") OR OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id") OR OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."note" IS DISTINCT FROM (NEW."note")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='73bfa7a054b7a5e0c51af205702c4c45e9b0e237', operation='UPDATE', pgid='pgtrigger_locked_run_is_final_6a30c', table='compensation_run', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='run',
            trigger=pgtrigger.compiler.Trigger(name='locked_run_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'locked\')', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='709d64a76de82babd24c55714383082bf966f9bd', operation='DELETE', pgid='pgtrigger_locked_run_stays_05d57', table='compensation_run', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='run',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='d90997ac34925f86d741fc6659435c59accec6f9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_589a7', table='compensation_run', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payrollexport',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='879abb5790e4f10d8bfe6246dd782a3b64f9b8de', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c7fa3', table='compensation_payrollexport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payrollexport',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='b830dacb90ada4b9e1fd9aae9ca3c5634d25bc85', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_870a7', table='compensation_payrollexport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='salecredit',
            trigger=pgtrigger.compiler.Trigger(name='credits_sum_to_one', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\nPERFORM 1 FROM customers_sale WHERE id IN (NEW.sale_id, OLD.sale_id) FOR UPDATE;\nIF EXISTS (SELECT 1 FROM customers_sale WHERE id = NEW.sale_id AND reverses_id IS NOT NULL) THEN\n    RAISE EXCEPTION 'a reversal is credited as its sale is' USING ERRCODE = 'check_violation';\nEND IF;\nIF (SELECT coalesce(sum(share_ppm), 1000000) <> 1000000 FROM compensation_salecredit\n    WHERE sale_id = COALESCE(NEW.sale_id, OLD.sale_id)) THEN\n    RAISE EXCEPTION 'the credits of a sale sum to one' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='c50ca546672347532d0ff3ccb838adba2f837a3d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_credits_sum_to_one_ac8d4', table='compensation_salecredit', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='salecredit',
            trigger=pgtrigger.compiler.Trigger(name='credit_stays_with_its_sale', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."sale_id" IS DISTINCT FROM (NEW."sale_id"))', func='RAISE EXCEPTION \'pgtrigger: Cannot update of "sale_id" rows from % table\', TG_TABLE_NAME;', hash='52963ef556232c4dae5b9c1732fdf0093fa1b9ac', operation='UPDATE OF "sale_id"', pgid='pgtrigger_credit_stays_with_its_sale_bcd97', table='compensation_salecredit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='salecredit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "compensation_salecreditevent" ("changed_at", "changed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sale_id", "salesperson_id", "share_ppm") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sale_id", NEW."salesperson_id", NEW."share_ppm"); RETURN NULL;', hash='5cbd0a068743be0a7a59226c0ee8696facd4371c', operation='INSERT', pgid='pgtrigger_insert_insert_38ef8', table='compensation_salecredit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='salecredit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "compensation_salecreditevent" ("changed_at", "changed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sale_id", "salesperson_id", "share_ppm") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sale_id", NEW."salesperson_id", NEW."share_ppm"); RETURN NULL;', hash='189d2bea09b5cd121cb8a19503ae10e3b7a0f67f', operation='UPDATE', pgid='pgtrigger_update_update_57777', table='compensation_salecredit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='salecredit',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "compensation_salecreditevent" ("changed_at", "changed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sale_id", "salesperson_id", "share_ppm") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sale_id", OLD."salesperson_id", OLD."share_ppm"); RETURN NULL;', hash='f9ccca2d46221891395859e85f662d86e5c99219', operation='DELETE', pgid='pgtrigger_delete_delete_057b2', table='compensation_salecredit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='salecreditevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3ed346540a01d232b736d5945a07597ef53fcc8e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_faac5', table='compensation_salecreditevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='495fb844bad592cd835e939143a367437219ec8a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a39bb', table='compensation_statement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='60b94ec34f0780a523f94f9ef6458d9bb1cfbbe2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_14e8d', table='compensation_statement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statement',
            trigger=pgtrigger.compiler.Trigger(name='only_into_an_open_run', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.run_id IS NOT NULL\n    AND (SELECT state FROM compensation_run WHERE id = NEW.run_id FOR SHARE) IN ('locked', 'dropped', 'refused') THEN\n    RAISE EXCEPTION 'a run that has ended takes no more statements';\nEND IF;\nRETURN NEW;\n", hash='e71f67bffca619bbdf6171654bddc898db2f3d89', operation='INSERT', pgid='pgtrigger_only_into_an_open_run_6adcb', table='compensation_statement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issue',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dd15098bdcbb91ca12bb20b6ae8cbcd42031ac9c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_20441', table='compensation_issue', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issue',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='f4a84e4a8c0396deaa454edcf8a93fa22c5cd54e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_2857a', table='compensation_issue', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adjustment',
            trigger=pgtrigger.compiler.Trigger(name='adjustment_says_the_same', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."year_id" IS DISTINCT FROM (NEW."year_id") OR OLD."component" IS DISTINCT FROM (NEW."component") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."cause" IS DISTINCT FROM (NEW."cause") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."corrects_id" IS DISTINCT FROM (NEW."corrects_id") OR OLD."inputs" IS DISTINCT FROM (NEW."inputs") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='158f41ae8f091c7aa80b5462e1fcfe16aaeef91c', operation='UPDATE', pgid='pgtrigger_adjustment_says_the_same_cf014', table='compensation_adjustment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adjustment',
            trigger=pgtrigger.compiler.Trigger(name='decided_adjustment_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD."approved_at" IS NOT NULL OR OLD."refused_at" IS NOT NULL) AND (OLD."approved_by_id" IS DISTINCT FROM (NEW."approved_by_id") OR OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."refused_by_id" IS DISTINCT FROM (NEW."refused_by_id") OR OLD."refused_at" IS DISTINCT FROM (NEW."refused_at")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3d72af9c355691a73dcd4da3c28c23f53769436c', operation='UPDATE', pgid='pgtrigger_decided_adjustment_is_final_31856', table='compensation_adjustment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adjustment',
            trigger=pgtrigger.compiler.Trigger(name='settled_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF OLD.settled_in_id IS DISTINCT FROM NEW.settled_in_id AND (\n    SELECT state FROM compensation_run WHERE id = OLD.settled_in_id FOR SHARE) = 'locked' THEN\n    RAISE EXCEPTION 'what a locked run settled stays settled';\nEND IF;\nRETURN NEW;\n", hash='093674d7f17e0c6f9e04170b7179b2c837b1b9b1', operation='UPDATE', pgid='pgtrigger_settled_for_good_816a9', table='compensation_adjustment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adjustment',
            trigger=pgtrigger.compiler.Trigger(name='adjustment_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='adf71465139be7c2dc538116fc4d854e1f3dc078', operation='DELETE', pgid='pgtrigger_adjustment_stays_5082f', table='compensation_adjustment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='adjustment',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='f5af51330ec8ac8e8c582d3997d01cd1e01b9939', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_b0695', table='compensation_adjustment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementline',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='76a20d26756d7a9c704c07013d4055ac0b256b0e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b550f', table='compensation_statementline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementline',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='3175b98d00377e7dd47c5d6682eb4f4488469ad0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_d6404', table='compensation_statementline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementline',
            trigger=pgtrigger.compiler.Trigger(name='with_their_statement', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM compensation_run WHERE id IN (\n    SELECT statement.run_id FROM compensation_statement statement JOIN lines ON lines.statement_id = statement.id\n) FOR SHARE;\nIF EXISTS (\n    SELECT 1 FROM compensation_run run JOIN compensation_statement statement ON statement.run_id = run.id\n    JOIN lines ON lines.statement_id = statement.id WHERE run.state IN ('locked', 'dropped', 'refused')\n) THEN\n    RAISE EXCEPTION 'a run that has ended takes no more lines';\nEND IF;\nRETURN NULL;\n", hash='e91de10de633899b327f447b6d9fdf1d86a1ca74', level='STATEMENT', operation='INSERT', pgid='pgtrigger_with_their_statement_2d01d', referencing='REFERENCING NEW TABLE AS lines ', table='compensation_statementline', when='AFTER')),
        ),
        migrations.RunSQL(SHARE, "DROP FUNCTION compensation_share"),
        migrations.RunSQL(CREDITED, "DROP VIEW compensation_creditedsale"),
    ]
