from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("report_cards", "0001_initial")]

    operations = [
        migrations.AddIndex("answer", models.Index(fields=["customer"], name="answer_by_customer")),
    ]
