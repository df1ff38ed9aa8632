import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import firm.fold
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('report_cards', '0001_initial'),
        ('report_cards', '0002_answers_by_customer'),
        ('report_cards', '0003_full_cycle'),
        ('report_cards', '0004_zones_and_policy_history'),
        ('report_cards', '0005_plans_called_once'),
        ('report_cards', '0006_card_writers'),
        ('report_cards', '0007_ratings_stay'),
        ('report_cards', '0008_tallies'),
        ('report_cards', '0009_sending_in_order'),
        ('report_cards', '0010_comments_and_calls'),
        ('report_cards', '0011_answers_with_comments'),
        ('report_cards', '0012_misfits_that_pay'),
        ('report_cards', '0013_tallies_of_teams'),
        ('report_cards', '0014_customers_of_a_salesperson'),
    ]

    initial = True

    dependencies = [
        ('customers', '0001_squashed'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MailPace',
            fields=[
                ('domain', models.CharField(max_length=254, primary_key=True, serialize=False)),
                ('per_minute', models.PositiveIntegerField(help_text='Mails a minute; none: as fast as it goes.', null=True)),
                ('next_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='No mail to this provider before.')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('per_minute__gte', 1)), name='pace_at_least_one')],
            },
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('plan_rule', models.CharField(choices=[('statistical', 'only where the numbers leave little doubt'), ('strict', 'for every behaviour below its target')], default='statistical', max_length=11)),
                ('send_from', models.TimeField(default=datetime.time(8, 0), help_text="In the customer's own time zone.", verbose_name='mail goes out from')),
                ('send_until', models.TimeField(default=datetime.time(18, 0), verbose_name='until')),
                ('pressure_sample_bp', models.PositiveSmallIntegerField(default=500, help_text='Share, in basis points, asked whether anyone asked for a good score.')),
                ('own_domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=254), blank=True, default=list)),
                ('own_networks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=50), blank=True, default=list, help_text="The offices' networks, such as 192.0.2.0/24.")),
                ('changed_at', models.DateTimeField(null=True)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='policy_only_one'), models.CheckConstraint(condition=models.Q(('send_from__lt', models.F('send_until'))), name='policy_window_forward'), models.CheckConstraint(condition=models.Q(('pressure_sample_bp__lte', 10000)), name='policy_sample')],
            },
        ),
        migrations.CreateModel(
            name='PolicyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.SmallIntegerField(default=1, editable=False, serialize=False)),
                ('plan_rule', models.CharField(choices=[('statistical', 'only where the numbers leave little doubt'), ('strict', 'for every behaviour below its target')], default='statistical', max_length=11)),
                ('send_from', models.TimeField(default=datetime.time(8, 0), help_text="In the customer's own time zone.", verbose_name='mail goes out from')),
                ('send_until', models.TimeField(default=datetime.time(18, 0), verbose_name='until')),
                ('pressure_sample_bp', models.PositiveSmallIntegerField(default=500, help_text='Share, in basis points, asked whether anyone asked for a good score.')),
                ('own_domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=254), blank=True, default=list)),
                ('own_networks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=50), blank=True, default=list, help_text="The offices' networks, such as 192.0.2.0/24.")),
                ('changed_at', models.DateTimeField(null=True)),
                ('changed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='report_cards.policy')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('version', models.PositiveSmallIntegerField(editable=False)),
                ('name', models.CharField(max_length=120)),
                ('first_month', models.DateField(help_text='First day of the first month it is used for.')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('signed_at', models.DateTimeField(null=True)),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-year', '-version'],
                'constraints': [models.UniqueConstraint(fields=('year', 'version'), name='card_version_once'), models.UniqueConstraint(condition=models.Q(('signed_at__isnull', False)), fields=('first_month',), name='card_one_signed_a_month'), models.CheckConstraint(condition=models.Q(('first_month__day', 1), ('first_month__year', models.F('year'))), name='card_begins_in_its_year'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at', None), ('signed_by', None)), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='card_signed_by_someone'), models.CheckConstraint(condition=models.Q(('signed_by', None), models.Q(('signed_by', models.F('made_by')), _negated=True), _connector='OR'), name='card_signed_by_another'), models.CheckConstraint(condition=models.Q(('removed_at', None), ('signed_at', None), _connector='OR'), name='card_signed_stays')],
            },
        ),
        migrations.CreateModel(
            name='Behaviour',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(choices=[('relationship', 'Relationship'), ('secret_gathering', 'secret gathering')], max_length=16)),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.SlugField(help_text='Stays the same from version to version.')),
                ('name', models.CharField(max_length=60)),
                ('question', models.CharField(help_text='What the customer reads.', max_length=200)),
                ('weight_bp', models.PositiveSmallIntegerField(verbose_name='weight in basis points')),
                ('target', models.DecimalField(decimal_places=4, help_text='Year-end share good or excellent, 0 to 1.', max_digits=5)),
                ('translations', models.JSONField(blank=True, default=dict, help_text='The question in other languages: {"fr": "…"}. English is ``question``.')),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='behaviours', to='report_cards.reportcard')),
            ],
            options={
                'ordering': ['measure', 'position'],
                'constraints': [models.UniqueConstraint(fields=('card', 'key'), name='behaviour_key_once'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('card', 'measure', 'position'), name='behaviour_position_once'), models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', 6)), name='behaviour_six_a_measure'), models.CheckConstraint(condition=models.Q(('weight_bp__gte', 1), ('weight_bp__lte', 10000)), name='behaviour_weight'), models.CheckConstraint(condition=models.Q(('target__gt', 0), ('target__lte', 1)), name='behaviour_target'), models.CheckConstraint(condition=models.Q(('measure__in', ['relationship', 'secret_gathering'])), name='behaviour_measure')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='First day of the month that is rated.', unique=True)),
                ('drawn_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='report_cards.reportcard')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-month'],
                'constraints': [models.CheckConstraint(condition=models.Q(('month__day', 1)), name='round_of_a_month')],
            },
        ),
        migrations.CreateModel(
            name='MostImproved',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chance', models.FloatField(help_text='Of a false award, corrected for choosing the best of all; 0 to 1.', null=True)),
                ('facts', models.JSONField(help_text='What the decision was computed from, without names of customers.')),
                ('at', models.DateTimeField()),
                ('winner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='most_improved', to='report_cards.round')),
            ],
        ),
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
        migrations.CreateModel(
            name='RoundTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('asked', models.PositiveIntegerField()),
                ('answered', models.PositiveIntegerField()),
                ('customers', models.PositiveIntegerField(help_text='Who answered, each customer once.')),
                ('salesperson', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('month', 'salesperson'), name='round_tally_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='SharedVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('behaviour_key', models.SlugField(db_index=False)),
                ('good', models.PositiveSmallIntegerField()),
                ('rated', models.PositiveSmallIntegerField()),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer')),
                ('salesperson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['customer'], name='shared_voice_of_customer')],
                'constraints': [models.UniqueConstraint(fields=('month', 'customer', 'behaviour_key', 'salesperson'), name='shared_voice_once')],
            },
        ),
        migrations.CreateModel(
            name='Tallied',
            fields=[
                ('month', models.DateField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('is_stale', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='ActionPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('behaviour_key', models.SlugField()),
                ('cause', models.CharField(choices=[('two_quarters', 'below in two quarters one after the other'), ('far_below', 'far below its target in one quarter'), ('strict', 'below its target'), ('offered', "of one's own accord")], max_length=12)),
                ('state', models.CharField(choices=[('called_for', 'to be written'), ('written', 'waits for the manager'), ('sent_back', 'sent back'), ('agreed', 'Agreed'), ('done', 'Done'), ('dropped', 'Dropped')], default='called_for', max_length=10)),
                ('slot', models.PositiveSmallIntegerField(default=1)),
                ('goal', models.TextField(blank=True)),
                ('due_on', models.DateField(null=True)),
                ('facts', models.JSONField(blank=True, default=dict, help_text='The counts that called for it: this quarter and the one before.')),
                ('called_at', models.DateTimeField()),
                ('write_by', models.DateField(help_text='When the plan has to be written.')),
                ('written_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, help_text='What the manager says to it.')),
                ('answered_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.TextField(blank=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('salesperson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_plans', to=settings.AUTH_USER_MODEL)),
                ('behaviour', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='report_cards.behaviour')),
                ('round', models.ForeignKey(help_text='Whose results called for it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='report_cards.round')),
            ],
            options={
                'ordering': ['-called_at', '-id'],
                'indexes': [models.Index(fields=['salesperson', 'state'], name='plan_of_salesperson')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['called_for', 'written', 'sent_back', 'agreed'])), fields=('salesperson', 'behaviour_key'), name='plan_one_open_a_behaviour'), models.UniqueConstraint(condition=models.Q(('state__in', ['called_for', 'written', 'sent_back', 'agreed'])), fields=('salesperson', 'slot'), name='plan_two_open_a_person'), models.CheckConstraint(condition=models.Q(('slot__in', [1, 2])), name='plan_slot'), models.CheckConstraint(condition=models.Q(('state__in', ['called_for', 'dropped']), models.Q(models.Q(('goal', ''), _negated=True), ('due_on__isnull', False)), _connector='OR'), name='plan_written_in_full'), models.CheckConstraint(condition=models.Q(('answered_by', None), models.Q(('answered_by', models.F('salesperson')), _negated=True), _connector='OR'), name='plan_answered_by_another')],
            },
        ),
        migrations.CreateModel(
            name='PlanStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=300)),
                ('due_on', models.DateField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='report_cards.actionplan')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('plan', 'position'), name='step_position_once')],
            },
        ),
        migrations.CreateModel(
            name='BehaviourTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('behaviour_key', models.SlugField(db_index=False)),
                ('asked', models.PositiveIntegerField(help_text='How often the question went out in the three months.')),
                ('poor', models.PositiveIntegerField()),
                ('fair', models.PositiveIntegerField()),
                ('average', models.PositiveIntegerField()),
                ('good', models.PositiveIntegerField()),
                ('excellent', models.PositiveIntegerField()),
                ('cant_judge', models.PositiveIntegerField()),
                ('customers', models.PositiveIntegerField(help_text='Who judged: each customer is one voice.')),
                ('parts', models.DecimalField(decimal_places=0, help_text="Sum of each customer's good share, in units of rules.WHOLE.", max_digits=40)),
                ('month_customers', models.PositiveIntegerField(help_text='Who judged in the month itself.')),
                ('shown_through', models.DateField(help_text="The month whose numbers show on this month's page: itself, an earlier one, or none yet.", null=True)),
                ('salesperson', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['salesperson', 'month'], name='behaviour_tally_of_person'), models.Index(fields=['month', 'behaviour_key', 'salesperson'], include=('customers', 'parts', 'month_customers', 'shown_through'), name='behaviour_tally_of_team')],
                'constraints': [models.UniqueConstraint(fields=('month', 'salesperson', 'behaviour_key'), name='behaviour_tally_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('shown_through', None), ('shown_through__lte', models.F('month')), _connector='OR'), name='behaviour_tally_shown_back')],
            },
        ),
        migrations.CreateModel(
            name='CardWriter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='writers', to='report_cards.reportcard')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('card', 'user'), name='card_writer_once')],
            },
        ),
        migrations.CreateModel(
            name='CoachingMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sequence', models.PositiveSmallIntegerField(default=0, help_text='Counts the changes, for the calendar file.')),
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField(default=30)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('notes', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', max_length=9)),
                ('before', models.JSONField(blank=True, default=dict, help_text='When and where it was, to undo the last change.')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('manager', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='report_cards.actionplan')),
            ],
            options={
                'ordering': ['starts_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 5), ('minutes__lte', 480)), name='meeting_lasts_a_while')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('domain', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Lower(models.Func('address', models.Value('@'), 2, function='split_part')), output_field=models.CharField(max_length=254))),
                ('zone', models.CharField(db_default='UTC', default='UTC', help_text="The customer's time zone.", max_length=64)),
                ('language', models.CharField(db_default='en', default='en', max_length=2)),
                ('asks_pressure', models.BooleanField(db_default=False, default=False, help_text='Of the sample that is asked whether anyone asked for a good score.')),
                ('wording', models.JSONField(help_text='The names as the mail says them: firm, salesperson, customer, contact.')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('sent', 'Sent'), ('doubtful', 'doubtful: the worker died between sending and noting it'), ('bounced', 'Bounced'), ('held', 'Held'), ('excluded', 'Excluded')], default='waiting', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('first_tried_at', models.DateTimeField(help_text='Refusals that may pass are tried again for 48 hours.', null=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('opened_at', models.DateTimeField(help_text='A person touched the page; opening a link records nothing.', null=True)),
                ('declined_at', models.DateTimeField(help_text='Not you, or no more mail, pressed by the customer.', null=True)),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitations', to='customers.contact')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='customers.customer')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('salesperson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='report_cards.round')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['round', 'due_at', 'id'], name='invitation_due'), models.Index(condition=models.Q(('state', 'waiting')), fields=['round', 'domain', 'due_at', 'id'], name='invitation_due_domain'), models.Index(condition=models.Q(('reminded_at', None), ('state__in', ['sent', 'doubtful'])), fields=['round', 'claimed_at', 'id'], name='invitation_silent'), models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_at'], name='invitation_sending'), models.Index(fields=['round', 'salesperson', 'state'], include=('id', 'customer'), name='invitation_of_salesperson'), models.Index(fields=['customer', 'state'], name='invitation_of_customer'), models.Index(django.db.models.functions.text.Lower('address'), name='invitation_address')],
                'constraints': [models.UniqueConstraint(models.F('round'), django.db.models.functions.text.Lower('address'), condition=models.Q(('state', 'excluded'), _negated=True), name='invitation_one_an_address'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='invitation_sent_when'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['held', 'excluded']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='invitation_left_out_why')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=0)),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('comment', models.TextField(blank=True)),
                ('fit', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('cant_judge', 'I can’t judge')], max_length=10)),
                ('offered', models.BooleanField(help_text="Whether someone else's solution was offered, when it did not fit.", null=True)),
                ('likely', models.PositiveSmallIntegerField(help_text='Likely to stay, 0 to 10; never affects pay.', null=True)),
                ('was_pressed', models.BooleanField(help_text='Whether anyone asked for a good score; asked of a sample.', null=True)),
                ('is_counted', models.BooleanField(db_default=True, default=True, help_text='False while in quarantine and once voided; nothing is deleted.')),
                ('call_me', models.BooleanField(default=False)),
                ('who_may_see', models.CharField(choices=[('salesperson', 'the salesperson and the manager'), ('manager', 'the manager only'), ('nobody', 'Nobody')], default='nobody', max_length=11)),
                ('invitation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='response', to='report_cards.invitation')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(firm.fold.Fold('comment'), 'gin_trgm_ops'), condition=models.Q(('comment', ''), _negated=True), name='response_comment_words'), models.Index(condition=models.Q(('comment', ''), _negated=True), fields=['invitation'], name='response_with_comment'), models.Index(condition=models.Q(('call_me', True)), fields=['invitation'], name='response_asks_for_call'), models.Index(condition=models.Q(('fit', 'no'), ('is_counted', True), ('offered__isnull', False)), fields=['invitation'], include=('offered', 'id'), name='response_misfit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('offered', None), ('fit', 'no'), _connector='OR'), name='response_offered_when_no_fit'), models.CheckConstraint(condition=models.Q(('likely', None), ('likely__lte', 10), _connector='OR'), name='response_likely_to_ten')],
            },
        ),
        migrations.CreateModel(
            name='Quarantine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('late_address', 'the address changed shortly before the draw'), ('own_domain', "an address of the firm's own domain"), ('own_network', "sent from one of the firm's offices"), ('burst', 'many answers about one person within minutes'), ('shared_device', 'one device answered for several customers'), ('reported', 'somebody reported it')], max_length=13))),
                ('note', models.CharField(blank=True, help_text='Of the person who reported it.', max_length=500)),
                ('opened_at', models.DateTimeField()),
                ('verdict', models.CharField(blank=True, choices=[('released', 'Released'), ('voided', 'Voided')], max_length=8)),
                ('settled_at', models.DateTimeField(null=True)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quarantines', to='report_cards.response')),
            ],
            options={
                'ordering': ['opened_at', 'id'],
                'indexes': [models.Index(condition=models.Q(('verdict', '')), fields=['opened_at'], name='quarantine_waiting')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('verdict', 'released'), _negated=True), fields=('response',), name='quarantine_one_in_force'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='quarantine_settled_when'), models.CheckConstraint(condition=models.Q(('reasons', []), _negated=True), name='quarantine_says_why')],
            },
        ),
        migrations.CreateModel(
            name='QuarantineVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('released', 'Released'), ('voided', 'Voided')], max_length=8)),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('quarantine', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='report_cards.quarantine')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('quarantine', 'user'), name='quarantine_one_vote_each'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='quarantine_vote_says_why')],
            },
        ),
        migrations.CreateModel(
            name='ResponseTrace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('device_hash', models.BinaryField(help_text='Of address and browser, keyed by the round.')),
                ('network_hash', models.BinaryField(help_text='Of the address, keyed by the round.')),
                ('is_own_network', models.BooleanField(default=False, help_text="Sent from one of the firm's offices.")),
                ('at', models.DateTimeField()),
                ('response', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='trace', to='report_cards.response')),
            ],
            options={
                'indexes': [models.Index(fields=['device_hash'], name='trace_by_device')],
            },
        ),
        migrations.CreateModel(
            name='ResponseVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('content', models.JSONField()),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='report_cards.response')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('response', 'version'), name='response_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('behaviour_key', models.SlugField(db_index=False)),
                ('value', models.CharField(blank=True, choices=[('poor', 'Poor'), ('fair', 'Fair'), ('average', 'Average'), ('good', 'Good'), ('excellent', 'Excellent'), ('cant_judge', 'I can’t judge')], max_length=10)),
                ('comment', models.TextField(blank=True)),
                ('month', models.DateField()),
                ('is_counted', models.BooleanField(db_default=True, default=True, help_text='As its response; results read this.')),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer')),
                ('salesperson', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='report_cards.response')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_counted', True)), fields=['salesperson', 'month'], include=('behaviour_key', 'customer', 'value'), name='answer_for_results'), models.Index(fields=['month'], name='answer_by_month'), models.Index(fields=['customer'], name='answer_by_customer'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(firm.fold.Fold('comment'), 'gin_trgm_ops'), condition=models.Q(('comment', ''), _negated=True), name='answer_comment_words'), models.Index(condition=models.Q(('comment', ''), _negated=True), fields=['salesperson', 'month'], name='answer_with_comment')],
                'constraints': [models.UniqueConstraint(fields=('response', 'behaviour_key'), name='answer_one_a_behaviour'), models.CheckConstraint(condition=models.Q(('comment', ''), ('value', ''), _negated=True), name='answer_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='First day of the month that would be rated.')),
                ('kind', models.CharField(choices=[('asked', 'asked to be left out'), ('unmarked', 'marked as not to be asked'), ('removed', 'the contact was removed'), ('merged', 'the customer was merged'), ('handed_over', 'the customer was handed over')], max_length=11)),
                ('reason', models.CharField(max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('is_approved', models.BooleanField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, help_text='Why it was approved or refused.', max_length=200)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='exclusions', to='customers.contact')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exclusions', to='customers.customer')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('salesperson', models.ForeignKey(help_text='Who would be rated.', on_delete=django.db.models.deletion.PROTECT, related_name='exclusions', to=settings.AUTH_USER_MODEL)),
                ('invitation', models.OneToOneField(help_text='What the draw made of it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='exclusion', to='report_cards.invitation')),
            ],
            options={
                'ordering': ['asked_at', 'id'],
                'indexes': [models.Index(fields=['month', 'salesperson'], name='exclusion_of_salesperson'), models.Index(condition=models.Q(('is_approved', None)), fields=['month'], name='exclusion_undecided')],
                'constraints': [models.UniqueConstraint(fields=('month', 'contact'), name='exclusion_once_a_month'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='exclusion_of_a_month'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='exclusion_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('is_approved', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('is_approved__isnull', False)), _connector='OR'), name='exclusion_decided_by_someone'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('asked_by', None), models.Q(('decided_by', models.F('salesperson')), _negated=True)), models.Q(models.Q(('decided_by', models.F('asked_by')), _negated=True), models.Q(('decided_by', models.F('salesperson')), _negated=True)), _connector='OR'), name='exclusion_decided_by_another')],
            },
        ),
        migrations.CreateModel(
            name='InvitationToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.BinaryField(unique=True)),
                ('purpose', models.CharField(choices=[('invitation', 'Invitation'), ('reminder', 'Reminder')], default='invitation', max_length=10)),
                ('minted_at', models.DateTimeField()),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='report_cards.invitation')),
            ],
        ),
        migrations.CreateModel(
            name='MailEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Provider and its own event id.', max_length=200, unique=True)),
                ('kind', models.CharField(choices=[('bounce', 'Bounce'), ('soft_bounce', 'soft bounce'), ('complaint', 'Complaint'), ('unsubscribe', 'Unsubscribe'), ('asked_again', 'asked to be asked again')], max_length=11)),
                ('address', models.EmailField(max_length=254)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('noted_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [models.Index(django.db.models.functions.text.Lower('address'), name='mail_event_address')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mailevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='80b4dfe789e0530e5eea7f720f3be6a5b8b35fb7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_aa55f', table='report_cards_mailevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mailevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='f37f10dd853377ca356e6617bf910a8c451e79ec', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_72342', table='report_cards_mailevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policy',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "report_cards_policyevent" ("changed_at", "changed_by_id", "id", "own_domains", "own_networks", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_rule", "pressure_sample_bp", "send_from", "send_until") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."own_domains", NEW."own_networks", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_rule", NEW."pressure_sample_bp", NEW."send_from", NEW."send_until"); RETURN NULL;', hash='bdedf73b9e48cba9b978a31659215b9ab93164da', operation='INSERT', pgid='pgtrigger_insert_insert_1f813', table='report_cards_policy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policy',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "report_cards_policyevent" ("changed_at", "changed_by_id", "id", "own_domains", "own_networks", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_rule", "pressure_sample_bp", "send_from", "send_until") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."own_domains", NEW."own_networks", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_rule", NEW."pressure_sample_bp", NEW."send_from", NEW."send_until"); RETURN NULL;', hash='8b44d59d6579d5380f6286fda3ee4e17e0ce5dd1', operation='UPDATE', pgid='pgtrigger_update_update_29b8f', table='report_cards_policy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bf9a613b2451557ad7bd1fbdaf30f601276beac9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_57b8d', table='report_cards_policyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quarantinevote',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e62c90a9ed0ecf2394d3ce7942fd65cd3935ec00', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9e1af', table='report_cards_quarantinevote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quarantinevote',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='328e604b0bb9cb0107d82ddabd5c11fc818a2e81', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_feb73', table='report_cards_quarantinevote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quarantinevote',
            trigger=pgtrigger.compiler.Trigger(name='vote_of_another', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE held RECORD;', func="\nSELECT verdict, opened_by_id, response_id INTO held FROM report_cards_quarantine WHERE id = NEW.quarantine_id\nFOR UPDATE;\nIF held.verdict <> '' THEN\n    RAISE EXCEPTION 'this quarantine is settled';\nEND IF;\nIF NEW.user_id = held.opened_by_id OR NEW.user_id = (\n    SELECT salesperson_id FROM report_cards_invitation i JOIN report_cards_response r ON r.invitation_id = i.id\n    WHERE r.id = held.response_id\n) THEN\n    RAISE EXCEPTION 'nobody decides on their own report or rating';\nEND IF;\nRETURN NEW;\n", hash='2299e859f478825bb369bb96782482b277396efa', operation='INSERT', pgid='pgtrigger_vote_of_another_11a40', table='report_cards_quarantinevote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportcard',
            trigger=pgtrigger.compiler.Trigger(name='signed_card_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."signed_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ed32c84425973d788258fad5861cd77f5ce7b92b', operation='UPDATE OR DELETE', pgid='pgtrigger_signed_card_is_final_a8f52', table='report_cards_reportcard', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportcard',
            trigger=pgtrigger.compiler.Trigger(name='nobody_signs_their_own', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.signed_by_id IS NOT NULL AND EXISTS (\n    SELECT 1 FROM report_cards_cardwriter WHERE card_id = NEW.id AND user_id = NEW.signed_by_id\n) THEN\n    RAISE EXCEPTION 'whoever wrote on a report card does not sign it';\nEND IF;\nRETURN NEW;\n", hash='25733ae9c12dfb1aca38c1772199821754b3dc92', operation='UPDATE', pgid='pgtrigger_nobody_signs_their_own_d457b', table='report_cards_reportcard', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportcard',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='cee04f847d60aaa23a0b5a9fceceaac067378d56', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_d3f65', table='report_cards_reportcard', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cardwriter',
            trigger=pgtrigger.compiler.Trigger(name='signed_card_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM report_cards_reportcard WHERE id IN (NEW.card_id, OLD.card_id) FOR SHARE;\nIF EXISTS (\n    SELECT 1 FROM report_cards_reportcard WHERE id IN (NEW.card_id, OLD.card_id) AND signed_at IS NOT NULL\n) THEN\n    RAISE EXCEPTION 'a signed report card never changes';\nEND IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n", hash='257934bc3f2903ef37e40fdd0188c5de2e6cc2ca', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_signed_card_is_final_2885e', table='report_cards_cardwriter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cardwriter',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='5162352c24925a52916b35df4225b5a96de22852', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_f2c3f', table='report_cards_cardwriter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='behaviour',
            trigger=pgtrigger.compiler.Trigger(name='signed_card_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM report_cards_reportcard WHERE id IN (NEW.card_id, OLD.card_id) FOR SHARE;\nIF EXISTS (\n    SELECT 1 FROM report_cards_reportcard WHERE id IN (NEW.card_id, OLD.card_id) AND signed_at IS NOT NULL\n) THEN\n    RAISE EXCEPTION 'a signed report card never changes';\nEND IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n", hash='39e0f82d5225e34678f981b2ef97ead826ba5589', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_signed_card_is_final_8521e', table='report_cards_behaviour', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='behaviour',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='a140fd97c8a187f85abf5d3412d3eebae2d99f9d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_c8757', table='report_cards_behaviour', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='closed_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF (\n    SELECT closed_at FROM report_cards_round WHERE id = (\n        SELECT i.round_id FROM report_cards_invitation i  WHERE i.id = OLD.invitation_id\n    ) FOR SHARE\n) IS NULL THEN\n    RETURN COALESCE(NEW, OLD);\nEND IF;\nIF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'is_counted' = to_jsonb(OLD) - 'is_counted' THEN\n    RETURN NEW;\nEND IF;\nRAISE EXCEPTION 'a rating never changes once its round is closed';\n", hash='b8b2e0f3dae3c436561dd61287878bd4af384def', operation='UPDATE OR DELETE', pgid='pgtrigger_closed_is_final_0270d', table='report_cards_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='counted_by_rule', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_counted" IS DISTINCT FROM (NEW."is_counted"))', func="\nIF NEW.is_counted = EXISTS (\n    SELECT 1 FROM report_cards_quarantine WHERE response_id = NEW.id AND verdict <> 'released'\n) THEN\n    RAISE EXCEPTION 'only a quarantine sets an answer aside, and only its release lets it count again';\nEND IF;\nRETURN NEW;\n", hash='1972d5ebe768d9fee3d24fd2ba200a23ea92f4f0', operation='UPDATE OF "is_counted"', pgid='pgtrigger_counted_by_rule_9eb48', table='report_cards_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='response',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='78dd5da0b588ba8ef675034422b8c520e8d58ebf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_08479', table='report_cards_response', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quarantine',
            trigger=pgtrigger.compiler.Trigger(name='settled_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."verdict" = \'\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='fa87b39c97253d92a1d8f22868f780f47dd6b318', operation='UPDATE', pgid='pgtrigger_settled_is_final_d9d6f', table='report_cards_quarantine', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quarantine',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9d611e4437a9a014f7ed64058e258fd2b7f8ff13', operation='DELETE', pgid='pgtrigger_never_deleted_4a77c', table='report_cards_quarantine', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quarantine',
            trigger=pgtrigger.compiler.Trigger(name='settled_by_two', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.verdict <> '' AND 2 > (\n    SELECT count(*) FROM report_cards_quarantinevote WHERE quarantine_id = NEW.id AND verdict = NEW.verdict\n) THEN\n    RAISE EXCEPTION 'two people have to agree on a quarantined answer';\nEND IF;\nRETURN NEW;\n", hash='f88dc70971bad8442efdeffa3a5240431f298398', operation='INSERT OR UPDATE', pgid='pgtrigger_settled_by_two_983e6', table='report_cards_quarantine', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quarantine',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='dcbf09b11eb53fc2ad157f83ec49c7af5673d68f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_6816a', table='report_cards_quarantine', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='closed_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF (\n    SELECT closed_at FROM report_cards_round WHERE id = (\n        SELECT i.round_id FROM report_cards_invitation i JOIN report_cards_response r ON r.invitation_id = i.id WHERE r.id = OLD.response_id\n    ) FOR SHARE\n) IS NULL THEN\n    RETURN COALESCE(NEW, OLD);\nEND IF;\nIF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'is_counted' = to_jsonb(OLD) - 'is_counted' THEN\n    RETURN NEW;\nEND IF;\nRAISE EXCEPTION 'a rating never changes once its round is closed';\n", hash='d2ba8e7d86d39780ccc78b8a4ac0332bed946bd9', operation='UPDATE OR DELETE', pgid='pgtrigger_closed_is_final_f2de7', table='report_cards_answer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='counted_by_rule', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_counted" IS DISTINCT FROM (NEW."is_counted"))', func="\nIF NEW.is_counted <> (SELECT is_counted FROM report_cards_response WHERE id = NEW.response_id) THEN\n    RAISE EXCEPTION 'an answer counts as its response does';\nEND IF;\nRETURN NEW;\n", hash='4eba8a6a04d58847732370428d8e973a2da52c0a', operation='UPDATE OF "is_counted"', pgid='pgtrigger_counted_by_rule_ae094', table='report_cards_answer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='d5d18e3922c1d69fac560b3e14111711e5b1f451', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_07b67', table='report_cards_answer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='tallies_go_stale', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM pg_advisory_xact_lock_shared(hashtext('report_cards.tally'));\nUPDATE report_cards_tallied SET is_stale = true\nFROM (\n    SELECT DISTINCT n.month FROM new_rows n JOIN old_rows o USING (id) WHERE n.is_counted <> o.is_counted\n) changed\nWHERE report_cards_tallied.month BETWEEN changed.month AND changed.month + interval '2 months';\nRETURN NULL;\n", hash='dc48776d10932edaf85ecdbe8bb527187f13ef54', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_tallies_go_stale_19240', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='report_cards_answer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responseversion',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='19562a334f2f7c1801e547b1ad301fc54b2ea779', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8e15b', table='report_cards_responseversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='responseversion',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='ad1473ef414e18570a72172d57c22cd0a31da9bd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_989a6', table='report_cards_responseversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='closed_round_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."closed_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='10856a4da10e6f018e1c2c87ab05af7832ec98cc', operation='UPDATE OR DELETE', pgid='pgtrigger_closed_round_is_final_42476', table='report_cards_round', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancall',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='02406099e2f386bf969f5feb1fd33e8eab3b08dc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dcea6', table='report_cards_plancall', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancall',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='0750bc2d7e4fcc909f74dc27ebca9058ff41d259', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_160ad', table='report_cards_plancall', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mostimproved',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3d3f2edd7089b58c3f89eb61085c684927931fe8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f9cfb', table='report_cards_mostimproved', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mostimproved',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='0cbdd363887a246f8b832f2aa1d957c975b4f572', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_e1831', table='report_cards_mostimproved', when='BEFORE')),
        ),
        # Whether an offer is told depends on whether it fitted: without knowing so the planner expects a tenth.
        migrations.RunSQL(
            "CREATE STATISTICS response_fit_told (mcv) ON fit, offered, is_counted FROM report_cards_response",
            "DROP STATISTICS response_fit_told",
        ),
    ]
