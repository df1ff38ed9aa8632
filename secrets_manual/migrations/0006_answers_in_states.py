from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("secrets_manual", "0005_consents_and_requests")]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="about",
            field=models.ForeignKey(
                help_text="Of which it was asked.",
                null=True,
                on_delete=models.SET_NULL,
                related_name="asked_again",
                to="secrets_manual.secret",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="own",
            field=models.BinaryField(help_text="A question in one’s own words, sealed.", null=True),
        ),
        migrations.AddField(
            model_name="answer",
            name="state",
            field=models.CharField(
                choices=[
                    ("heard", "Heard"),
                    ("passed", "passed over"),
                    ("secret", "made a secret"),
                    ("confirmed", "still true"),
                    ("rewritten", "the secret’s new words"),
                ],
                default="heard",
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="answer",
            name="asked",
            field=models.CharField(blank=True, help_text="The bank’s question in the words of then.", max_length=200),
        ),
        migrations.AlterField(
            model_name="answer",
            name="sealed",
            field=models.BinaryField(help_text="What was heard; emptied once the manual has it.", null=True),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=~Q(asked="") | Q(own__isnull=False), name="answer_to_a_question"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=Q(state="heard", sealed__isnull=False) | ~Q(state="heard") & Q(sealed=None),
                name="answer_has_words_while_heard",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.UniqueConstraint(
                condition=Q(ended_at=None), fields=("customer", "by"), name="conversation_unfinished_once"
            ),
        ),
    ]
