from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("report_cards", "0013_tallies_of_teams"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="invitation",
            name="invitation_of_salesperson",
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                fields=["round", "salesperson", "state"],
                include=("id", "customer"),
                name="invitation_of_salesperson",
            ),
        ),
    ]
