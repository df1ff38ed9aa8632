import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('recovery', '0001_initial'),
        ('recovery', '0002_full_cycle'),
        ('recovery', '0003_surprises_and_letters'),
        ('recovery', '0004_letters_of_old_cases'),
        ('recovery', '0005_required_steps_and_keys'),
        ('recovery', '0006_receipts'),
        ('recovery', '0007_asking_after'),
        ('recovery', '0008_alerts_that_climb'),
        ('recovery', '0009_alerts_speak_for_flags'),
        ('recovery', '0010_cases_with_gestures'),
        ('recovery', '0011_follow_ups_declined'),
    ]

    initial = True

    dependencies = [
        ('customers', '0001_squashed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApologyTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('root_cause', models.CharField(choices=[('delivery', 'late or wrong delivery'), ('quality', 'faulty product'), ('billing', 'wrong bill'), ('promise', 'broken promise'), ('behaviour', 'how we behaved'), ('information', 'wrong information'), ('other', 'something else')], max_length=12)),
                ('language', models.CharField(choices=[('en', 'English'), ('fr', 'French')], max_length=2)),
                ('version', models.PositiveSmallIntegerField(default=1, help_text='Counts from 1; 0 is the one Rapport brings.')),
                ('subject', models.CharField(default='We are sorry', max_length=120)),
                ('text', models.TextField(help_text='May hold {name}, {wrong}, {fix}, {surprise}, {agent}, {firm}.')),
                ('is_current', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['root_cause', 'language', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('root_cause', 'language'), name='apology_template_one_current'), models.UniqueConstraint(fields=('root_cause', 'language', 'version'), name='apology_template_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Gesture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('words', models.CharField(blank=True, help_text='How the apology tells it.', max_length=300)),
                ('root_causes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('delivery', 'late or wrong delivery'), ('quality', 'faulty product'), ('billing', 'wrong bill'), ('promise', 'broken promise'), ('behaviour', 'how we behaved'), ('information', 'wrong information'), ('other', 'something else')], max_length=12), blank=True, default=list)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=50), blank=True, default=list, help_text='Keys of categories it suits.')),
                ('cost', models.DecimalField(decimal_places=2, default=0, help_text="In the firm's currency.", max_digits=10)),
                ('lead_hours', models.PositiveSmallIntegerField(default=0, help_text="From the order to the customer's hands.")),
                ('is_active', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='gesture_once'), models.CheckConstraint(condition=models.Q(('cost__gte', 0)), name='gesture_cost')],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what_happened', models.CharField(max_length=500)),
                ('severity', models.CharField(choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High'), ('critical', 'Critical')], default='medium', max_length=8)),
                ('root_cause', models.CharField(choices=[('delivery', 'late or wrong delivery'), ('quality', 'faulty product'), ('billing', 'wrong bill'), ('promise', 'broken promise'), ('behaviour', 'how we behaved'), ('information', 'wrong information'), ('other', 'something else')], default='other', max_length=12)),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='ticket number')),
                ('reported_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=6)),
                ('closed_at', models.DateTimeField(null=True)),
                ('close_reason', models.CharField(blank=True, max_length=300)),
                ('surprise', models.TextField(blank=True)),
                ('surprise_secret_id', models.BigIntegerField(null=True)),
                ('surprise_cost', models.DecimalField(decimal_places=2, help_text="In the firm's currency; null: not said.", max_digits=10, null=True)),
                ('apology', models.TextField(blank=True, help_text='Exactly as it was sent.')),
                ('apology_to', models.CharField(blank=True, max_length=254)),
                ('apology_sent', models.CharField(blank=True, choices=[('mail', 'by mail'), ('printed', 'Printed')], max_length=8)),
                ('apology_sent_at', models.DateTimeField(null=True)),
                ('likely_before', models.PositiveSmallIntegerField(help_text='Likely to stay, 0 to 10: the last answer on file at the report, never recalled.', null=True)),
                ('likely_before_at', models.DateTimeField(null=True)),
                ('renewed', models.BooleanField(help_text='Whether the customer stayed; null: not known yet.', null=True)),
                ('renewed_at', models.DateTimeField(null=True)),
                ('source', models.CharField(blank=True, help_text='The system a case came from; empty: opened here.', max_length=60)),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='link to the ticket')),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='customers.customer')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('renewed_by', models.ForeignKey(help_text='Who said so; null: told from the orders.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gesture', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='recovery.gesture')),
            ],
            options={
                'ordering': ['-reported_at', '-id'],
                'indexes': [models.Index(fields=['customer', '-reported_at'], name='case_of_customer'), models.Index(condition=models.Q(('state', 'open')), fields=['agent'], name='case_open_of_agent'), models.Index(condition=models.Q(('state', 'open')), fields=['id'], name='case_open'), models.Index(condition=models.Q(('gesture__isnull', False)), fields=['-id'], name='case_with_gesture'), models.Index(condition=models.Q(('state', 'closed')), fields=['-closed_at', '-id'], name='case_closed')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), ('state', 'open')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('state', 'closed')), _connector='OR'), name='case_closed_with_time'), models.CheckConstraint(condition=models.Q(('closed_at', None), ('closed_at__gte', models.F('reported_at')), _connector='OR'), name='case_closed_after_report'), models.CheckConstraint(condition=models.Q(('surprise_secret_id', None), models.Q(('surprise', ''), _negated=True), _connector='OR'), name='case_secret_for_a_surprise'), models.CheckConstraint(condition=models.Q(models.Q(('apology_sent', ''), ('apology_sent_at', None)), models.Q(('apology_sent_at__isnull', False), models.Q(('apology_sent', ''), _negated=True), models.Q(('apology', ''), _negated=True)), _connector='OR'), name='case_apology_sent_with_text'), models.CheckConstraint(condition=models.Q(models.Q(('likely_before', None), ('likely_before_at', None)), models.Q(('likely_before__lte', 10), ('likely_before_at__isnull', False)), _connector='OR'), name='case_likely_before_to_ten'), models.CheckConstraint(condition=models.Q(models.Q(('renewed', None), ('renewed_at', None), ('renewed_by', None)), models.Q(('renewed__isnull', False), ('renewed_at__isnull', False)), _connector='OR'), name='case_renewed_when'), models.CheckConstraint(condition=models.Q(('surprise_cost', None), ('surprise_cost__gte', 0), _connector='OR'), name='case_cost_not_negative'), models.UniqueConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('reference', ''), _negated=True)), fields=('source', 'reference'), name='case_once_a_ticket')],
            },
        ),
        migrations.CreateModel(
            name='BudgetRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('surprise', models.TextField()),
                ('cost', models.DecimalField(decimal_places=2, max_digits=10)),
                ('allowed', models.DecimalField(decimal_places=2, help_text='What the asker may spend alone.', max_digits=10)),
                ('asked_at', models.DateTimeField()),
                ('token_hash', models.BinaryField(help_text="SHA-256 of the link in the manager's mail.", null=True, unique=True)),
                ('is_granted', models.BooleanField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('withdrawn_at', models.DateTimeField(help_text='Nobody need answer any more: done, closed, or taken back.', null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budget_requests', to='recovery.case')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_granted', None), ('withdrawn_at', None)), fields=('case',), name='budget_one_question'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('is_granted', None), _connector='OR'), name='budget_answered_stays'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('is_granted', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('is_granted__isnull', False)), _connector='OR'), name='budget_answered_by_someone'), models.CheckConstraint(condition=models.Q(('answered_by', None), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='budget_answered_by_another'), models.CheckConstraint(condition=models.Q(('cost__gt', models.F('allowed'))), name='budget_only_when_over')],
            },
        ),
        migrations.CreateModel(
            name='CaseEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('opened', 'Opened'), ('acknowledged', 'Acknowledged'), ('fixed', 'Fixed'), ('surprised', 'Surprised'), ('apologised', 'Apologised'), ('handed_over', 'handed over'), ('took_over', 'note read'), ('closed', 'Closed'), ('reopened', 'Reopened'), ('checked_back', 'checked back'), ('due_changed', 'due time changed'), ('undone', 'taken back'), ('noted', 'Noted'), ('step_done', 'step done'), ('alert_taken', 'alert taken'), ('escalated', 'Escalated'), ('budget_asked', 'budget asked for'), ('budget_granted', 'budget granted'), ('budget_refused', 'budget refused'), ('follow_up_sent', 'follow-up sent'), ('follow_up_answered', 'follow-up answered'), ('renewal', 'Renewal'), ('failed', 'recovery failed'), ('failure_handled', 'failure handled')], max_length=18)),
                ('at', models.DateTimeField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(help_text='Null: by itself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='recovery.case')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['case', 'id'], name='event_of_case')],
            },
        ),
        migrations.CreateModel(
            name='CaseStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=200)),
                ('is_required', models.BooleanField(default=False)),
                ('done_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='playbook', to='recovery.case')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('case', 'position'), name='case_step_position_once'), models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='case_step_done_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='FailedRecovery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('unlikely', 'may leave'), ('not_renewed', 'not renewed')], max_length=11)),
                ('found_at', models.DateTimeField()),
                ('next_step', models.CharField(blank=True, max_length=300)),
                ('handled_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='what came of it')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='failures', to='recovery.case')),
                ('handled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['found_at', 'id'],
                'indexes': [models.Index(condition=models.Q(('handled_at', None)), fields=['found_at'], name='failed_recovery_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('handled_at', None)), fields=('case',), name='failed_recovery_once'), models.CheckConstraint(condition=models.Q(models.Q(('handled_at', None), ('handled_by', None), ('note', '')), models.Q(('handled_at__isnull', False), ('handled_by__isnull', False), models.Q(('note', ''), _negated=True)), _connector='OR'), name='failed_recovery_handled_how')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('closed_at', models.DateTimeField(help_text='The closing it asks about.')),
                ('kind', models.CharField(choices=[('check_back_7', 'after 7 days'), ('check_back_90', 'after 90 days')], max_length=13)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(default='en', max_length=2)),
                ('wording', models.JSONField(default=dict, help_text='The names as the mail says them.')),
                ('zone', models.CharField(db_default='UTC', default='UTC', help_text="The customer's time zone.", max_length=64)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('sent', 'Sent'), ('doubtful', 'doubtful: the worker died between sending and noting it'), ('bounced', 'Bounced'), ('left_out', 'left out')], default='waiting', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('due_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField(help_text='Answers are taken before.')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('first_tried_at', models.DateTimeField(help_text='Refusals that may pass are tried again for 48 hours.', null=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('declined_at', models.DateTimeField(help_text='They complained of it, or asked for no more mail.', null=True)),
                ('likely', models.PositiveSmallIntegerField(null=True)),
                ('comment', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='recovery.case')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='customers.contact')),
            ],
            options={
                'ordering': ['case', 'closed_at', 'kind'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at', 'id'], name='follow_up_waiting'), models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_at'], name='follow_up_sending')],
                'constraints': [models.UniqueConstraint(fields=('case', 'kind', 'closed_at'), name='follow_up_once_a_closing'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('likely', None)), models.Q(('answered_at__isnull', False), ('likely__lte', 10)), _connector='OR'), name='follow_up_to_ten'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'left_out'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='follow_up_left_out_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='follow_up_sent_when'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('due_at'))), name='follow_up_open_for_a_while')],
            },
        ),
        migrations.CreateModel(
            name='FollowUpToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.BinaryField(unique=True)),
                ('minted_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('follow_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='recovery.followup')),
            ],
        ),
        migrations.CreateModel(
            name='Goodwill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('salesperson', 'Salesperson'), ('manager', 'Manager'), ('service', 'Service'), ('marketing', 'Marketing'), ('executive', 'Executive'), ('compensation', 'Compensation'), ('privacy_officer', 'privacy officer'), ('administrator', 'Administrator')], max_length=20)),
                ('severity', models.CharField(choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High'), ('critical', 'Critical')], max_length=8)),
                ('amount', models.DecimalField(decimal_places=2, help_text="In the firm's currency.", max_digits=10)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('role', 'severity'), name='goodwill_once'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='goodwill_amount')],
            },
        ),
        migrations.CreateModel(
            name='LadderStep',
            fields=[
                ('level', models.CharField(choices=[('agent', 'Agent'), ('team_lead', 'team lead'), ('manager', 'Manager'), ('executive', 'Executive')], max_length=9, primary_key=True, serialize=False)),
                ('wait_minutes', models.PositiveSmallIntegerField(help_text='Unanswered for so long, the next rung is told.')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('wait_minutes__gte', 1), ('wait_minutes__lte', 1440)), name='ladder_wait')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('mail', 'by mail'), ('printed', 'Printed')], max_length=8)),
                ('name', models.CharField(blank=True, help_text='Whom it was written to.', max_length=120)),
                ('address', models.EmailField(blank=True, help_text='Empty: printed.', max_length=254)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField()),
                ('language', models.CharField(max_length=2)),
                ('template_version', models.PositiveSmallIntegerField(default=0, help_text='Of the root cause and language it was drafted from; 0: the one Rapport brings.')),
                ('mail_id', models.BigIntegerField(help_text='The mail in the outbox; erased with it, this stays.', null=True)),
                ('sent_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='recovery.case')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('how', 'printed')), models.Q(('how', 'mail'), models.Q(('address', ''), _negated=True), models.Q(('subject', ''), _negated=True)), _connector='OR'), name='letter_mailed_to_someone'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='letter_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('acknowledge', 'Acknowledge'), ('fix', 'Fix'), ('surprise', 'Surprise'), ('apologise', 'Apologise'), ('check_back_7', 'check back after 7 days'), ('check_back_90', 'check back after 90 days')], max_length=13)),
                ('due_at', models.DateTimeField()),
                ('generation', models.PositiveSmallIntegerField(default=1)),
                ('done_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('flag_at', models.DateTimeField(help_text='When the tick next looks: the next threshold, at the latest. None: nothing left to flag.', null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='recovery.case')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['case', 'id'],
                'indexes': [models.Index(condition=models.Q(('flag_at__isnull', False)), fields=['flag_at'], name='milestone_to_flag'), models.Index(condition=models.Q(('done_at', None)), fields=['due_at'], name='milestone_undone')],
                'constraints': [models.UniqueConstraint(fields=('case', 'kind'), name='milestone_once_a_case'), models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None)), models.Q(('done_at__isnull', False), ('flag_at', None)), _connector='OR'), name='milestone_done_is_silent'), models.CheckConstraint(condition=models.Q(('flag_at', None), ('flag_at__lte', models.F('due_at')), _connector='OR'), name='milestone_flag_in_time'), models.CheckConstraint(condition=models.Q(('flag_at', None), ('kind__in', ('acknowledge', 'fix', 'surprise', 'apologise')), _connector='OR'), name='milestone_flags_the_promise')],
            },
        ),
        migrations.CreateModel(
            name='DueChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('generation', models.PositiveSmallIntegerField(help_text='The generation that began with the change.')),
                ('was_due_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='due_changes', to='recovery.milestone')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('milestone', 'generation'), name='due_change_once_a_generation'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='due_change_says_why')],
            },
        ),
        migrations.CreateModel(
            name='PlaybookStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('root_cause', models.CharField(choices=[('delivery', 'late or wrong delivery'), ('quality', 'faulty product'), ('billing', 'wrong bill'), ('promise', 'broken promise'), ('behaviour', 'how we behaved'), ('information', 'wrong information'), ('other', 'something else')], max_length=12)),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=200)),
                ('is_required', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['root_cause', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PushSubscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('endpoint', models.URLField(max_length=1000, unique=True)),
                ('p256dh', models.CharField(max_length=200)),
                ('auth', models.CharField(max_length=100)),
                ('browser', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('failed_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='push_subscriptions', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('path', models.CharField(max_length=200)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'at'], name='receipt_of_user')],
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('agent', 'Agent'), ('team_lead', 'team lead'), ('manager', 'Manager'), ('executive', 'Executive')], max_length=9)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_at', 'id'],
                'indexes': [models.Index(fields=['level', 'ends_at'], name='shift_of_level')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='shift_forward')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('stand_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_at', 'id'],
                'indexes': [models.Index(fields=['user', 'ends_at'], name='absence_of_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='absence_forward'), models.CheckConstraint(condition=models.Q(('stand_in', None), models.Q(('stand_in', models.F('user')), _negated=True), _connector='OR'), name='absence_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('agent', 'Agent'), ('team_lead', 'team lead'), ('manager', 'Manager'), ('executive', 'Executive')], help_text='The highest rung that was told; null: none yet.', max_length=9, null=True)),
                ('raised_at', models.DateTimeField()),
                ('climbs_at', models.DateTimeField(help_text='When the next rung is told; null: nobody is above.', null=True)),
                ('taken_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(help_text='Taken, done, closed, or replaced by a worse one.', null=True)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='recovery.case')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['climbs_at'], name='alert_to_climb'), models.Index(fields=['-raised_at', '-id'], name='alert_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('taken_at', None), ('taken_by', None)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='alert_taken_by_someone'), models.CheckConstraint(condition=models.Q(('taken_at', None), ('ended_at__isnull', False), _connector='OR'), name='alert_taken_is_ended'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('case',), name='alert_one_runs_a_case')],
            },
        ),
        migrations.CreateModel(
            name='AlertNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('agent', 'Agent'), ('team_lead', 'team lead'), ('manager', 'Manager'), ('executive', 'Executive')], max_length=9)),
                ('at', models.DateTimeField()),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='recovery.alert')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('alert', 'user'), name='alert_notice_once_each')],
            },
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('threshold', models.CharField(choices=[('24h', 'H24'), ('12h', 'H12'), ('4h', 'H4'), ('1h', 'H1'), ('overdue', 'Overdue')], max_length=7)),
                ('generation', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('noticed', models.BooleanField(default=False, help_text='People were told, or need not be.')),
                ('wants_answer', models.BooleanField(db_default=False, default=False, help_text='An alert is to be raised for it, unless one as bad runs.')),
                ('spoken_for', models.ForeignKey(help_text='Its alert.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='speaks_for', to='recovery.alert')),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='recovery.milestone')),
            ],
            options={
                'ordering': ['at', 'id'],
                'indexes': [models.Index(condition=models.Q(('noticed', False)), fields=['milestone'], name='flag_unnoticed'), models.Index(condition=models.Q(('wants_answer', True)), fields=['milestone'], name='flag_wants_answer')],
                'constraints': [models.UniqueConstraint(fields=('milestone', 'threshold', 'generation'), name='flag_once')],
            },
        ),
        migrations.CreateModel(
            name='PushNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claimed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pushes', to='recovery.alertnotice')),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pushes', to='recovery.pushsubscription')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('claimed_at', None)), fields=['id'], name='push_waiting')],
                'constraints': [models.UniqueConstraint(fields=('notice', 'subscription'), name='push_once_a_browser'), models.CheckConstraint(condition=models.Q(('sent_at', None), ('claimed_at__isnull', False), _connector='OR'), name='push_sent_is_claimed')],
            },
        ),
        migrations.AddField(
            model_name='alert',
            name='flag',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='alert', to='recovery.flag'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caseevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='05618d8ee546bedfcaff9ed4a164f02d266dba65', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_11f4d', table='recovery_caseevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caseevent',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='acce4d23dafd8be0a9ed2fb3b5aba0909278d96b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_074fa', table='recovery_caseevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='closes_in_full', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."close_reason" = \'\' AND NEW."state" = \'closed\' AND OLD."state" = \'open\')', func="\n                    IF EXISTS (SELECT 1 FROM recovery_milestone WHERE case_id = NEW.id AND done_at IS NULL\n                               AND kind IN ('fix', 'surprise', 'apologise')) THEN\n                        RAISE EXCEPTION 'case % lacks a fix, a surprise or an apology', NEW.id\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF EXISTS (SELECT 1 FROM recovery_casestep WHERE case_id = NEW.id AND done_at IS NULL\n                               AND is_required) THEN\n                        RAISE EXCEPTION 'case % lacks a required step of its playbook', NEW.id\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='1a56944e6466f2044d39455ac9076973c30c4606', operation='UPDATE', pgid='pgtrigger_closes_in_full_0e142', table='recovery_case', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4950e628e6d8f6d3b44c81a0a7657cd0cbef7b2e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dfc1f', table='recovery_letter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='8e420b700c6a3c102a39ff40ceffd669543dbe7f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_67bf3', table='recovery_letter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duechange',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='23b0f27b3e53338ff7934515c6d530212cb57408', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4c4b4', table='recovery_duechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duechange',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='76fc2e12c46e1432654c0b827f7d99ac23fc9f7f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_91804', table='recovery_duechange', when='BEFORE')),
        ),
    ]
