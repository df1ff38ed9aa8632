"""The firm's first questions, by category."""

QUESTIONS: dict[str, tuple[str, ...]] = {
    "dream": ("What would you do if the shop ran itself for a year?", "What have you wanted since you were small?"),
    "recreation_preference": (
        "Where do you disappear to when the shop is closed?",
        "What does a good Sunday look like?",
    ),
    "hope": ("What would make this the best year you’ve had here?", "What are you looking forward to this spring?"),
    "habit": ("What do you do before the day begins?", "When in the week do you think best?"),
    "skill": ("What can you do that nobody here knows of?", "Who taught you the trade?"),
    "friendship_affinity": ("Whom do you ring when something goes right?", "Who here goes back furthest with you?"),
    "entertainment_choice": ("What did you last stay up too late for?", "What do you listen to on the road?"),
    "ego_drive": ("What are you proudest of in this place?", "What should people say when they leave here?"),
    "lifestyle_choice": ("What have you given up, and was it worth it?", "What would you never work through?"),
    "competency": ("What does everybody come to you for?", "What could you teach us?"),
    "bias": ("What makes you trust a supplier?", "What puts you off at once?"),
    "family_priority": ("Who is waiting for you when you lock up?", "What do you keep free for the family?"),
    "inventory_problem": ("What is gathering dust in the store?", "What do you run out of first?"),
    "market_challenge": ("Who takes your customers when they go?", "What has changed on your street this year?"),
    "product_quality_issue": ("What comes back more often than it should?", "Which return annoyed you most?"),
    "financial_challenge": ("What would you invest in if money were no question?", "What is the lease doing to you?"),
    "cash_flow_challenge": ("Which month is the hard one?", "Who pays you late?"),
    "employment_equity_concern": ("Whom would you hire tomorrow if you could?", "Who is missing in your workshop?"),
}
