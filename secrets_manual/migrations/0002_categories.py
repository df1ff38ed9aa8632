from django.db import migrations

CATEGORIES = {
    "person": (
        ("habit", "Habit"),
        ("bias", "Bias"),
        ("dream", "Dream"),
        ("hope", "Hope"),
        ("skill", "Skill"),
        ("competency", "Competency"),
        ("lifestyle_choice", "Lifestyle choice"),
        ("family_priority", "Family priority"),
        ("ego_drive", "Ego drive"),
        ("friendship_affinity", "Friendship"),
        ("recreation_preference", "Recreation"),
        ("entertainment_choice", "Entertainment"),
    ),
    "organisation": (
        ("inventory_problem", "Inventory problem"),
        ("cash_flow_challenge", "Cash flow"),
        ("employment_equity_concern", "Employment equity"),
        ("product_quality_issue", "Quality worry"),
        ("financial_challenge", "Financial challenge"),
        ("market_challenge", "Market challenge"),
    ),
}
CONFIDENTIAL = {"family_priority", "cash_flow_challenge"}


def add_categories(apps, schema_editor):
    category = apps.get_model("secrets_manual", "Category")
    category.objects.bulk_create(
        category(key=key, name=name, kind=kind, position=position, confidential_by_default=key in CONFIDENTIAL)
        for kind, entries in CATEGORIES.items()
        for position, (key, name) in enumerate(entries, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("secrets_manual", "0001_initial")]
    operations = [migrations.RunPython(add_categories, migrations.RunPython.noop)]
