import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import firm.fold
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('secrets_manual', '0001_initial'),
        ('secrets_manual', '0003_questions_and_requests'),
        ('secrets_manual', '0004_changes_and_coverage'),
        ('secrets_manual', '0005_consents_and_requests'),
        ('secrets_manual', '0007_secrets_by_customer'),
        ('secrets_manual', '0008_unknown_outcomes'),
        ('secrets_manual', '0009_discoverer_of_use'),
        ('secrets_manual', '0010_fill_discoverer'),
        ('secrets_manual', '0011_credit'),
    ]

    initial = True

    dependencies = [
        ('customers', '0001_squashed'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation')], max_length=12)),
                ('confidential_by_default', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True, help_text='Offered for new secrets and counted as a gap.')),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'verbose_name_plural': 'categories',
                'ordering': ['kind', 'position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conversations', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='conversations', to='customers.contact')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conversations', to='customers.customer')),
            ],
            options={
                'ordering': ['-began_at', '-id'],
                'indexes': [models.Index(fields=['customer', '-began_at'], name='conversation_of_customer')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('customer', 'by'), name='conversation_unfinished_once')],
            },
        ),
        migrations.CreateModel(
            name='ManualCoverage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customers', models.PositiveIntegerField(default=0)),
                ('high_value', models.PositiveIntegerField(default=0)),
                ('with_manual', models.PositiveIntegerField(default=0, help_text='High-value customers with at least one secret.')),
                ('health', models.PositiveIntegerField(default=0, help_text='The sum of the high-value customers’ scores.')),
                ('logged_30', models.PositiveIntegerField(default=0)),
                ('logged_90', models.PositiveIntegerField(default=0)),
                ('used_30', models.PositiveIntegerField(default=0)),
                ('used_90', models.PositiveIntegerField(default=0)),
                ('counted_at', models.DateTimeField()),
                ('owner', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='manual_coverage', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('high_value__lte', models.F('customers')), ('with_manual__lte', models.F('high_value'))), name='coverage_parts_of_whole')],
            },
        ),
        migrations.CreateModel(
            name='PrivacyRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('access', 'what do you hold about me?'), ('erasure', 'erase what you hold about me')], max_length=7)),
                ('received_on', models.DateField()),
                ('due_on', models.DateField(help_text='One month after it came, as the law has it.')),
                ('note', models.CharField(help_text='Who asked, and how.', max_length=300)),
                ('identified', models.CharField(default='', help_text='How we know that it was them.', max_length=300)),
                ('opened_at', models.DateTimeField()),
                ('asked_at', models.DateTimeField(help_text='When the erasure was put before a second person.', null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=300)),
                ('report', models.JSONField(default=dict, help_text='What was erased: counts, no words.')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(blank=True, help_text='Empty for everybody there, and once erased.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='customers.contact')),
                ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='privacy_requests', to='customers.customer')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-received_on', '-id'],
                'indexes': [models.Index(condition=models.Q(('closed_at', None)), fields=['due_on'], name='privacy_request_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='privacy_request_with_note'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('received_on'))), name='privacy_request_due_after'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='privacy_request_closed_by_somebody'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('asked_by__isnull', False), ('kind', 'erasure'), models.Q(('approved_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='privacy_request_two_people')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200)),
                ('is_active', models.BooleanField(default=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='secrets_manual.category')),
                ('made_by', models.ForeignKey(help_text='Empty for those the product brings.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['category', 'position', 'id'],
                'constraints': [models.UniqueConstraint(models.F('category'), django.db.models.functions.text.Lower('text'), name='question_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='question_has_text')],
            },
        ),
        migrations.CreateModel(
            name='Secret',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sensitivity', models.CharField(choices=[('shared', 'Shared'), ('relationship', 'account team'), ('confidential', 'Confidential'), ('special', 'Special')], default='relationship', max_length=12)),
                ('audiences', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('sales', 'Sales'), ('service', 'Service'), ('marketing', 'Marketing')], max_length=9), help_text='Who may use it.')),
                ('how_learned', models.CharField(choices=[('told', 'told directly'), ('observed', 'Observed'), ('third_party', 'from a third party')], default='told', max_length=11)),
                ('confidence', models.PositiveSmallIntegerField(choices=[(1, 'Low'), (2, 'Medium'), (3, 'High')], default=2)),
                ('question', models.CharField(blank=True, help_text='What was asked, when a question brought it.', max_length=200)),
                ('discovered_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField()),
                ('ask_again_on', models.DateField()),
                ('never_aloud', models.BooleanField(default=False, verbose_name='never mention aloud')),
                ('resting_until', models.DateTimeField(null=True)),
                ('revision', models.PositiveIntegerField(db_default=1, default=1, editable=False, help_text='Counts the changes, so that nobody writes over an unseen one.')),
                ('capture_key', models.UUIDField(editable=False, help_text='Of the device that logged it, so that a resend makes no second.', null=True, unique=True)),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='secrets', to='secrets_manual.category')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='secrets', to='customers.contact')),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='secrets', to='customers.customer')),
                ('discovered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='discoveries', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-confirmed_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('removed_at', None)), fields=['customer', '-confirmed_at'], name='secret_of_customer'), models.Index(fields=['customer'], name='secret_by_customer'), models.Index(fields=['discovered_by', '-discovered_at'], name='secret_by_discoverer'), models.Index(condition=models.Q(('removed_at', None)), fields=['customer', 'ask_again_on'], name='secret_due_of_customer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('audiences__len__gte', 1), ('audiences__contained_by', ['sales', 'service', 'marketing'])), name='secret_audiences'), models.CheckConstraint(condition=models.Q(('sensitivity__in', ['shared', 'relationship', 'confidential', 'special'])), name='secret_sensitivity'), models.CheckConstraint(condition=models.Q(('confidence__gte', 1), ('confidence__lte', 3)), name='secret_confidence'), models.CheckConstraint(condition=models.Q(('confirmed_at__gte', models.F('discovered_at'))), name='secret_confirmed_after_discovery')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked', models.CharField(blank=True, help_text='The bank’s question in the words of then.', max_length=200)),
                ('own', models.BinaryField(help_text='A question in one’s own words, sealed.', null=True)),
                ('state', models.CharField(choices=[('heard', 'Heard'), ('passed', 'passed over'), ('secret', 'made a secret'), ('confirmed', 'still true'), ('rewritten', 'the secret’s new words')], default='heard', max_length=9)),
                ('sealed', models.BinaryField(help_text='What was heard; emptied once the manual has it.', null=True)),
                ('at', models.DateTimeField()),
                ('key', models.UUIDField(help_text='Of the page that sent it, so that a resend makes no second.')),
                ('category', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='secrets_manual.category')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='secrets_manual.conversation')),
                ('question', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='secrets_manual.question')),
                ('about', models.ForeignKey(help_text='Of which it was asked.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='asked_again', to='secrets_manual.secret')),
                ('secret', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='secrets_manual.secret')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('conversation', 'key'), name='answer_once'), models.UniqueConstraint(condition=models.Q(('secret__isnull', False)), fields=('secret',), name='answer_of_secret_once'), models.CheckConstraint(condition=models.Q(models.Q(('asked', ''), _negated=True), ('own__isnull', False), _connector='OR'), name='answer_to_a_question'), models.CheckConstraint(condition=models.Q(models.Q(('sealed__isnull', False), ('state', 'heard')), models.Q(models.Q(('state', 'heard'), _negated=True), ('sealed', None)), _connector='OR'), name='answer_has_words_while_heard')],
            },
        ),
        migrations.CreateModel(
            name='SecretChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('sensitivity', models.CharField(choices=[('shared', 'Shared'), ('relationship', 'account team'), ('confidential', 'Confidential'), ('special', 'Special')], default='relationship', max_length=12)),
                ('audiences', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('sales', 'Sales'), ('service', 'Service'), ('marketing', 'Marketing')], max_length=9), help_text='Who may use it.')),
                ('how_learned', models.CharField(choices=[('told', 'told directly'), ('observed', 'Observed'), ('third_party', 'from a third party')], default='told', max_length=11)),
                ('confidence', models.PositiveSmallIntegerField(choices=[(1, 'Low'), (2, 'Medium'), (3, 'High')], default=2)),
                ('never_aloud', models.BooleanField(default=False, verbose_name='never mention aloud')),
                ('confirmed_at', models.DateTimeField()),
                ('ask_again_on', models.DateField()),
                ('resting_until', models.DateTimeField(null=True)),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('category', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='secrets_manual.category')),
                ('contact', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='customers.contact')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', to='secrets_manual.secret')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_obj', '-pgh_id'], name='change_of_secret')],
            },
        ),
        migrations.CreateModel(
            name='SecretRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_id', models.BigIntegerField()),
                ('customer_id', models.BigIntegerField()),
                ('why', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['secret_id', '-at'], name='secret_read_of_secret'), models.Index(fields=['user', '-at'], name='secret_read_by_user'), models.Index(fields=['-at', '-id'], name='secret_read_newest')],
            },
        ),
        migrations.CreateModel(
            name='SecretText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('is_current', models.BooleanField(default=True)),
                ('sensitivity', models.CharField(choices=[('shared', 'Shared'), ('relationship', 'account team'), ('confidential', 'Confidential'), ('special', 'Special')], help_text="The secret's, when this was written.", max_length=12)),
                ('reason', models.CharField(blank=True, help_text="The owner's, for less confidentiality.", max_length=300)),
                ('plain', models.TextField(null=True)),
                ('sealed', models.BinaryField(null=True)),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('folded', models.GeneratedField(db_persist=True, expression=firm.fold.Fold('plain'), output_field=models.TextField(null=True))),
                ('vector', models.GeneratedField(db_persist=True, expression=models.Func(firm.fold.Fold('plain'), template="to_tsvector('simple'::regconfig, %(expressions)s)"), output_field=django.contrib.postgres.search.SearchVectorField(null=True))),
                ('secret', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='secrets_manual.secret')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['secret', '-version'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('folded', 'gin_trgm_ops'), name='secret_text_fragments'), django.contrib.postgres.indexes.GinIndex(fields=['vector'], name='secret_text_words')],
                'constraints': [models.UniqueConstraint(fields=('secret', 'version'), name='secret_text_version_once'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('secret',), name='secret_text_one_current'), models.CheckConstraint(condition=models.Q(models.Q(('plain', None), ('sealed__isnull', False)), models.Q(('plain__isnull', False), ('sealed', None)), _connector='OR'), name='secret_text_plain_or_sealed'), models.CheckConstraint(condition=models.Q(('is_current', True), ('plain', None), _connector='OR'), name='secret_text_past_is_sealed'), models.CheckConstraint(condition=models.Q(models.Q(('sensitivity__in', ['confidential', 'special']), _negated=True), ('plain', None), _connector='OR'), name='secret_text_confidential_is_sealed')],
            },
        ),
        migrations.CreateModel(
            name='SecretUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('package', 'Package'), ('offer', 'Offer'), ('surprise', 'Surprise'), ('gesture', 'Gesture')], default='gesture', max_length=8)),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('note', models.CharField(max_length=300)),
                ('result', models.CharField(choices=[('unknown', 'not known yet'), ('delighted', 'Delighted'), ('pleased', 'Pleased'), ('no_matter', 'made no difference'), ('backfired', 'Backfired')], default='unknown', max_length=9)),
                ('outcome', models.CharField(blank=True, help_text='What came of it, in words.', max_length=300)),
                ('outcome_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(editable=False, help_text='When whoever used it was asked what came of it.', null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('discoverer', models.ForeignKey(db_index=False, editable=False, help_text='Who found the secret; the database takes it from there.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('secret', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='used', to='secrets_manual.secret')),
            ],
            options={
                'ordering': ['-at'],
                'indexes': [models.Index(condition=models.Q(('asked_at', None), ('result', 'unknown')), fields=['at'], name='secret_use_to_ask'), models.Index(condition=models.Q(('result', 'unknown')), fields=['by', 'at'], name='secret_use_unknown'), models.Index(fields=['discoverer', '-at', '-id'], name='secret_use_credit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('result', 'unknown'), ('outcome_at__isnull', False), _connector='OR'), name='secret_use_outcome_with_time')],
            },
        ),
        migrations.CreateModel(
            name='SpecialConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wording', models.CharField(help_text='What the customer agreed to, and how.', max_length=500)),
                ('how', models.CharField(choices=[('told', 'told us in person'), ('phone', 'on the telephone'), ('written', 'in writing'), ('form', 'on a signed form')], default='told', max_length=7)),
                ('at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('contact', models.ForeignKey(blank=True, help_text='Empty: the customer.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.contact')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='special_consents', to='customers.customer')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(condition=models.Q(('withdrawn_at', None)), fields=['customer', 'contact'], name='consent_standing')],
            },
        ),
        migrations.CreateModel(
            name='AccessGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('case', 'Case'), ('confidential', 'Confidential'), ('privacy', 'Privacy')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('reference', models.CharField(max_length=80)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access_grants', to='customers.customer')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='access_grants', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['user', 'customer', 'purpose'], name='grant_running'), models.Index(fields=['reference'], name='grant_reference')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='grant_forward'), models.CheckConstraint(condition=models.Q(models.Q(('purpose__in', ['confidential', 'privacy']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='grant_with_reason')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secret',
            trigger=pgtrigger.compiler.Trigger(name='sealed_before_confidential', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."sensitivity" IN (\'confidential\', \'special\') AND OLD."sensitivity" IS DISTINCT FROM (NEW."sensitivity"))', func="\n                    IF EXISTS (SELECT 1 FROM secrets_manual_secrettext\n                               WHERE secret_id = NEW.id AND plain IS NOT NULL) THEN\n                        RAISE EXCEPTION 'seal the text of secret % first', NEW.id USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='97ddbcb623b8397cecfd3d356e6ab03a1521f8d9', operation='UPDATE', pgid='pgtrigger_sealed_before_confidential_24df5', table='secrets_manual_secret', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secret',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ask_again_on" IS DISTINCT FROM (NEW."ask_again_on") OR OLD."audiences" IS DISTINCT FROM (NEW."audiences") OR OLD."category_id" IS DISTINCT FROM (NEW."category_id") OR OLD."confidence" IS DISTINCT FROM (NEW."confidence") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."how_learned" IS DISTINCT FROM (NEW."how_learned") OR OLD."never_aloud" IS DISTINCT FROM (NEW."never_aloud") OR OLD."removed_at" IS DISTINCT FROM (NEW."removed_at") OR OLD."resting_until" IS DISTINCT FROM (NEW."resting_until") OR OLD."sensitivity" IS DISTINCT FROM (NEW."sensitivity"))', func='INSERT INTO "secrets_manual_secretchange" ("ask_again_on", "audiences", "category_id", "confidence", "confirmed_at", "contact_id", "how_learned", "never_aloud", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "resting_until", "sensitivity") VALUES (OLD."ask_again_on", OLD."audiences", OLD."category_id", OLD."confidence", OLD."confirmed_at", OLD."contact_id", OLD."how_learned", OLD."never_aloud", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."removed_at", OLD."resting_until", OLD."sensitivity"); RETURN NULL;', hash='485dabd812c940877949ba50abc6b4c7a6029556', operation='UPDATE', pgid='pgtrigger_changed_update_1fd64', table='secrets_manual_secret', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secretchange',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='18f47b619746772d35049a91ace246baf95031a6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_053b1', table='secrets_manual_secretchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secretread',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b18a3eb233b0b8519ea2d89ef491b9ad52d17969', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_83b4b', table='secrets_manual_secretread', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secretread',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;", hash='baf9fb8175ecc7a9832292be6751c04fa4f8fa3f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_a38e9', table='secrets_manual_secretread', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secrettext',
            trigger=pgtrigger.compiler.Trigger(name='confidential_is_sealed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."plain" IS NOT NULL)', func="\n                    IF EXISTS (SELECT 1 FROM secrets_manual_secret WHERE id = NEW.secret_id\n                               AND sensitivity IN ('confidential', 'special')) THEN\n                        RAISE EXCEPTION 'the text of secret % must be sealed', NEW.secret_id\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='47c94d731f543908d51c75e29d4a240db85c5dbf', operation='INSERT OR UPDATE', pgid='pgtrigger_confidential_is_sealed_5897a', table='secrets_manual_secrettext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secretuse',
            trigger=pgtrigger.compiler.Trigger(name='credit_to_discoverer', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    NEW.discoverer_id := (SELECT discovered_by_id FROM secrets_manual_secret WHERE id = NEW.secret_id);\n                    RETURN NEW;\n                ', hash='14db55fe9e074b5740a5ba8c1cbd7b7fcd0604d3', operation='INSERT OR UPDATE OF "secret_id", "discoverer_id"', pgid='pgtrigger_credit_to_discoverer_cdd6c', table='secrets_manual_secretuse', when='BEFORE')),
        ),
    ]
