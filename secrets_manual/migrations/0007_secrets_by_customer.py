from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("secrets_manual", "0006_first_questions")]

    operations = [
        migrations.AddIndex("secret", models.Index(fields=["customer"], name="secret_by_customer")),
    ]
