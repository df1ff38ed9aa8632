"""The categories of PRODUCT.md and four questions for each."""

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
QUESTIONS = {
    "habit": (
        "What do you do before the day begins?",
        "When in the week do you think best?",
        "What do you never leave the house without?",
        "How do you know that a day is over?",
    ),
    "bias": (
        "What makes you trust a supplier?",
        "What puts you off at once?",
        "Which advice do you never take?",
        "Whose word counts more than a price with you?",
    ),
    "dream": (
        "What would you do if the shop ran itself for a year?",
        "What have you wanted since you were small?",
        "What would you build if nobody could stop you?",
        "Where would you wake up if you could choose?",
    ),
    "hope": (
        "What would make this the best year you’ve had here?",
        "What are you looking forward to this season?",
        "Which piece of good news are you waiting for?",
        "What do you want to be true in three years?",
    ),
    "skill": (
        "What can you do that nobody here knows of?",
        "Who taught you the trade?",
        "What did your hands learn first?",
        "What are you learning just now?",
    ),
    "competency": (
        "What does everybody come to you for?",
        "What could you teach us?",
        "Which problem do you solve that others walk around?",
        "When did somebody last say that only you could have done it?",
    ),
    "lifestyle_choice": (
        "What have you given up, and was it worth it?",
        "What would you never work through?",
        "How do you get about when nobody waits for you?",
        "What has to be on the table for a good evening?",
    ),
    "family_priority": (
        "Who is waiting for you when you lock up?",
        "What do you keep free for the family?",
        "Who will you celebrate with next?",
        "Who should run this one day?",
    ),
    "ego_drive": (
        "What are you proudest of in this place?",
        "What should people say when they leave here?",
        "Which of your ideas did nobody believe in at first?",
        "What would you like to be asked about more often?",
    ),
    "friendship_affinity": (
        "Whom do you ring when something goes right?",
        "Who here goes back furthest with you?",
        "With whom would you start all over again?",
        "Whom should we both know?",
    ),
    "recreation_preference": (
        "Where do you disappear to when the shop is closed?",
        "What does a good Sunday look like?",
        "What did you do on the last day that was all yours?",
        "What gets you out of breath, and glad of it?",
    ),
    "entertainment_choice": (
        "What did you last stay up too late for?",
        "What do you listen to on the road?",
        "Which story do you tell others to read or see?",
        "Where would you go with two free tickets?",
    ),
    "inventory_problem": (
        "What is gathering dust in the store?",
        "What do you run out of first?",
        "Which shelf would you empty tomorrow if you could?",
        "What do you order twice to be on the safe side?",
    ),
    "cash_flow_challenge": (
        "Which month is the hard one?",
        "Who pays you late?",
        "Which bill would you like to come a month later?",
        "What would you do with money that came a month sooner?",
    ),
    "employment_equity_concern": (
        "Whom would you hire tomorrow if you could?",
        "Who is missing in your workshop?",
        "Who works below what they can do here?",
        "What keeps good people from applying to you?",
    ),
    "product_quality_issue": (
        "What comes back more often than it should?",
        "Which return annoyed you most?",
        "What do you check twice before it leaves the house?",
        "Which part would you have made differently?",
    ),
    "financial_challenge": (
        "What would you invest in if money were no question?",
        "What is the rent or the lease doing to you?",
        "Which cost has grown while you looked away?",
        "What did the bank ask that you could not answer at once?",
    ),
    "market_challenge": (
        "Who takes your customers when they go?",
        "What has changed on your street this year?",
        "What do customers ask for that you don’t sell yet?",
        "Whom do you watch more closely than they think?",
    ),
}


def add_categories(apps, schema_editor):
    category = apps.get_model("secrets_manual", "Category")
    category.objects.bulk_create(
        category(key=key, name=name, kind=kind, position=position, confidential_by_default=key in CONFIDENTIAL)
        for kind, entries in CATEGORIES.items()
        for position, (key, name) in enumerate(entries, 1)
    )


def add_questions(apps, schema_editor):
    ids = dict(apps.get_model("secrets_manual", "Category").objects.values_list("key", "pk"))
    question = apps.get_model("secrets_manual", "Question")
    question.objects.bulk_create(
        (
            question(category_id=ids[key], text=text, position=position)
            for key, texts in QUESTIONS.items()
            for position, text in enumerate(texts, 1)
        ),
    )


class Migration(migrations.Migration):
    replaces = [("secrets_manual", "0002_categories"), ("secrets_manual", "0006_first_questions")]

    dependencies = [("secrets_manual", "0001_squashed")]

    operations = [
        migrations.RunPython(add_categories, migrations.RunPython.noop),
        migrations.RunPython(add_questions, migrations.RunPython.noop),
    ]
