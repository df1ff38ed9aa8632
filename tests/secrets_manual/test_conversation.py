"""The loop: ask, listen, record, make a secret, ask again; heard by one person and read by nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from customers.models import Contact, Customer, Interaction, Promise
from secrets_manual import actions, queries
from secrets_manual.models import Answer, Category, Conversation, Question, Secret, SecretRead
from tests.conftest import NOW


@pytest.fixture
def conversation(customer, contact, owner):
    return actions.start_conversation(customer, contact=contact, acting_user=owner, at=timezone.now())


@pytest.fixture
def dream(db):
    return Question.objects.filter(category__key="dream").first()


@pytest.fixture
def send(signed_in, conversation):
    """``send(owner, "record_answer", text=…)`` posts to the conversation, or to an answer."""

    def post(user, name, pk=None, **fields):
        fields = {"key": str(uuid4())} | fields
        return signed_in(user).post(reverse(name, args=[pk or conversation.pk]), fields)

    return post


@pytest.fixture
def heard(send, conversation, owner, dream):
    """``heard("words", question=…)`` is an answer the owner heard."""

    def record(text, **fields):
        send(owner, "record_answer", text=text, **({"question": dream.pk} | fields))
        return conversation.answers.latest("pk")

    return record


def page_of(signed_in, user, conversation, **query):
    return signed_in(user).get(reverse("conversation", args=[conversation.pk]), query)


def test_starts_once_and_goes_on(signed_in, owner, customer, contact):
    client, url = signed_in(owner), reverse("start_conversation", args=[customer.pk])
    first = client.post(url, {"contact": contact.pk})
    assert client.post(url).url == first.url
    assert Conversation.objects.get().contact == contact
    assert Conversation.objects.get().by == owner


def test_database_refuses_a_second_unfinished_one(conversation, customer, owner):
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.create(customer=customer, by=owner, began_at=NOW)


def test_contact_of_another_customer_is_left_out(signed_in, owner, customer, outsider):
    other = Customer.objects.create(name="Elsewhere", owner=outsider)
    stranger = Contact.objects.create(customer=other, name="Some One")
    signed_in(owner).post(reverse("start_conversation", args=[customer.pk]), {"contact": stranger.pk})
    assert Conversation.objects.get().contact is None


def test_asks_one_question_and_says_why(signed_in, owner, conversation):
    response = page_of(signed_in, owner, conversation)
    offer = response.context["offer"]
    assert offer.why.startswith("nothing in ")
    assert offer.text in response.content.decode()


def test_an_answer_is_kept_sealed_and_another_question_comes(signed_in, heard, conversation, owner):
    before = page_of(signed_in, owner, conversation).context["offer"]
    answer = heard("A kiln that burns nothing.", question=before.question_id)
    after = page_of(signed_in, owner, conversation)
    assert (answer.text, answer.state, answer.question_id) == (
        "A kiln that burns nothing.",
        "heard",
        before.question_id,
    )
    assert b"kiln" not in bytes(answer.sealed)
    assert after.context["offer"].key != before.key
    assert "A kiln that burns nothing." in after.content.decode()


def test_no_column_holds_what_was_said(heard):
    heard("Canaryword of the answer.", question="", own="Canaryword of the question?")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row_to_json(a)::text, ' ') FROM secrets_manual_answer a")
        row = cursor.fetchone()[0]
    assert "Canaryword" not in row
    assert b"Canaryword".hex() not in row
    assert Answer.objects.get().question_text == "Canaryword of the question?"


def test_a_resend_is_the_same_answer(send, conversation, owner, dream):
    key = str(uuid4())
    for _ in range(3):
        send(owner, "record_answer", key=key, question=dream.pk, text="A lighthouse.")
    assert conversation.answers.count() == 1


def test_a_resend_after_it_became_a_secret_makes_no_second(send, conversation, owner, dream):
    key = str(uuid4())
    send(owner, "record_answer", key=key, question=dream.pk, text="A lighthouse.")
    send(owner, "make_secret", conversation.answers.get().pk)
    send(owner, "record_answer", key=key, question=dream.pk, text="A lighthouse.")
    assert (conversation.answers.count(), Secret.objects.count()) == (1, 1)


def test_going_back_and_writing_something_else_loses_neither(send, conversation, owner, dream):
    key = str(uuid4())
    send(owner, "record_answer", key=key, question=dream.pk, text="A lighthouse.")
    send(owner, "record_answer", key=key, question=dream.pk, text="A boat, rather.")
    assert {answer.text for answer in conversation.answers.all()} == {"A lighthouse.", "A boat, rather."}


@pytest.mark.parametrize("fields", [{"text": " "}, {"text": "x" * 501}, {"text": "a\x00b"}, {"key": "no key"}])
def test_what_cannot_be_kept_comes_back_into_the_field(send, conversation, owner, dream, fields):
    response = send(owner, "record_answer", **({"question": dream.pk, "text": "A lighthouse."} | fields))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not conversation.answers.exists()


def test_an_answer_without_a_question_is_asked_for_one(send, owner):
    assert "Ask something first" in send(owner, "record_answer", text="A lighthouse.").content.decode()


def test_a_question_gone_meanwhile_loses_no_answer(send, conversation, owner):
    send(owner, "record_answer", question=10**9, about=10**9, asked="What would you build?", text="A lighthouse.")
    answer = conversation.answers.get()
    assert (answer.text, answer.question_text, answer.question) == ("A lighthouse.", "What would you build?", None)


def test_own_question_finds_its_category(send, conversation, owner):
    send(owner, "record_answer", own="What do you want to build?", text="Would love a lighthouse one day.")
    assert conversation.answers.get().category.key == "dream"


def test_skipped_is_not_asked_again(signed_in, send, conversation, owner):
    before = page_of(signed_in, owner, conversation).context["offer"]
    response = send(owner, "skip_question", question=before.question_id)
    assert response.status_code == 302
    assert conversation.answers.get().state == "passed"
    ids = {offer.question_id for offer in queries.next_questions(conversation.customer, owner, timezone.now())}
    assert before.question_id not in ids


def test_skipping_keeps_what_is_in_the_field(send, owner, dream):
    response = send(owner, "skip_question", question=dream.pk, text="half a sentence")
    assert "half a sentence</textarea>" in response.content.decode()


def test_something_else_is_asked(signed_in, owner, conversation):
    offer = page_of(signed_in, owner, conversation, ask="cash_flow_challenge").context["offer"]
    assert (offer.key, offer.why) == ("cash_flow_challenge", "you chose Cash flow")


def test_a_topic_all_asked_opens_ones_own_words(signed_in, heard, owner, conversation):
    for question in Question.objects.filter(category__key="dream"):
        heard("Yes.", question=question.pk)
    response = page_of(signed_in, owner, conversation, ask="dream")
    assert response.context["offer"] is None
    assert b"Ask in your own words" in response.content


def test_becomes_a_secret_in_one_step(send, heard, conversation, contact, owner, dream):
    answer = heard("Would love a lighthouse.")
    send(owner, "make_secret", answer.pk)
    secret, answer = Secret.objects.with_text().get(), Answer.objects.get()
    assert (secret.text, secret.category.key, secret.sensitivity) == (
        "Would love a lighthouse.",
        "dream",
        "relationship",
    )
    assert (secret.contact, secret.discovered_by, secret.question) == (contact, owner, dream.text)
    assert (answer.state, answer.secret, answer.sealed) == ("secret", secret, None)


def test_twice_is_one_secret(send, heard, owner):
    answer = heard("Would love a lighthouse.")
    for _ in range(2):
        send(owner, "make_secret", answer.pk)
    assert Secret.objects.count() == 1


def test_a_quiet_category_stays_quiet(send, heard, owner):
    family = Question.objects.filter(category__key="family_priority").first()
    send(owner, "make_secret", heard("Her daughter, always.", question=family.pk).pk)
    assert Secret.objects.get().sensitivity == "confidential"


def test_ones_own_question_does_not_lie_open_beside_a_sealed_secret(send, heard, owner):
    answer = heard("She starts school.", question="", own="How is the canary?", category="family_priority")
    send(owner, "make_secret", answer.pk)
    assert (Secret.objects.get().sensitivity, Secret.objects.get().question) == ("confidential", "")


def test_what_consent_allows_is_recorded(send, customer, contact, owner, dream):
    told = {"wording": "You may know of it.", "how": "written", "acting_user": owner, "at": NOW}
    actions.record_consent(customer, contact=contact, **told)
    send(owner, "record_answer", question=dream.pk, text="Has diabetes.")
    assert Answer.objects.get().text == "Has diabetes."


def test_special_words_ask_back_first(send, heard, owner, dream):
    words = "Has diabetes and builds a lighthouse."
    asked = {"question": dream.pk, "text": words}
    page = send(owner, "record_answer", **asked).text
    assert "looks special" in page
    assert words in page
    assert not Answer.objects.exists()
    answer = heard(words, not_special="on")
    assert "looks special" in send(owner, "make_secret", answer.pk).content.decode()
    assert not Secret.objects.exists()
    send(owner, "make_secret", answer.pk, not_special="on")
    assert Secret.objects.exists()


def test_an_own_question_without_a_category_asks_for_one(send, heard, owner):
    answer = heard("Blue.", question="", own="Which colour?")
    assert "What kind is it?" in send(owner, "make_secret", answer.pk).content.decode()
    send(owner, "make_secret", answer.pk, category="bias")
    assert Secret.objects.get().category.key == "bias"


def test_undo_makes_it_an_answer_again(send, heard, owner):
    answer = heard("Would love a lighthouse.")
    send(owner, "make_secret", answer.pk)
    send(owner, "unmake_secret", answer.pk)
    answer.refresh_from_db()
    assert (answer.state, answer.text, answer.secret) == ("heard", "Would love a lighthouse.", None)
    assert not Secret.objects.present().exists()
    send(owner, "make_secret", answer.pk)
    assert Secret.objects.present().count() == 1


class TestStillTrue:
    @pytest.fixture
    def old(self, written):
        return written(at=NOW - timedelta(days=700))

    def test_is_asked_with_the_words_shown_and_the_read_noted(self, signed_in, owner, conversation, old):
        response = page_of(signed_in, owner, conversation, about=old.pk)
        assert "Swims in the sea every morning." in response.content.decode()
        assert SecretRead.objects.filter(secret_id=old.pk, user=owner).exists()

    @pytest.mark.parametrize("closed", [{"sensitivity": "confidential"}, {"never_aloud": True}])
    def test_shows_no_words_that_others_at_the_table_must_not_see(
        self, signed_in, owner, conversation, written, closed
    ):
        quiet = written(at=NOW - timedelta(days=700), **closed)
        page = page_of(signed_in, owner, conversation, about=quiet.pk)
        assert page.context["offer"].secret_id == quiet.pk
        assert "Swims in the sea" not in page.content.decode()
        assert not SecretRead.objects.exists()

    def test_yes_makes_it_fresh(self, send, owner, conversation, old):
        send(owner, "answer_still_true", about=old.pk)
        old.refresh_from_db()
        assert old.ask_again_on > timezone.localdate()
        assert conversation.answers.get().state == "confirmed"
        assert "Swims" not in conversation.answers.get().asked

    def test_no_gives_the_secret_new_words(self, send, owner, conversation, old):
        send(owner, "record_answer", about=old.pk, text="Swims only in summer now.")
        send(owner, "make_secret", conversation.answers.get().pk)
        secret = Secret.objects.with_text().get()
        assert (secret.pk, secret.text, secret.texts.count()) == (old.pk, "Swims only in summer now.", 2)
        assert conversation.answers.get().state == "rewritten"

    def test_or_becomes_another_one(self, send, owner, conversation, old):
        send(owner, "record_answer", about=old.pk, text="Loves the theatre, too.")
        send(owner, "make_secret", conversation.answers.get().pk, anew="1")
        assert Secret.objects.count() == 2

    def test_secrets_one_may_not_read_are_never_asked_about(self, send, colleague, customer, written):
        hidden = written(sensitivity="confidential", at=NOW - timedelta(days=700))
        category = hidden.category.key
        offers = queries.next_questions(customer, colleague, timezone.now())
        assert all(offer.secret_id is None for offer in offers)
        assert next(offer for offer in offers if offer.key == category).kind == "gap"
        theirs = actions.start_conversation(customer, acting_user=colleague, at=timezone.now())
        send(colleague, "answer_still_true", theirs.pk, about=hidden.pk)
        assert not theirs.answers.exists()


def test_nobody_else_reads_it(signed_in, heard, conversation, colleague, manager, service_agent, privacy_officer):
    answer = heard("Would love a lighthouse.")
    for user in (colleague, manager, service_agent, privacy_officer):
        client = signed_in(user)
        assert client.get(reverse("conversation", args=[conversation.pk])).status_code == 404
        assert client.get(reverse("end_conversation", args=[conversation.pk])).status_code == 404
        assert client.post(reverse("make_secret", args=[answer.pk])).status_code == 404


def test_a_customer_handed_over_takes_the_conversation_along(signed_in, heard, conversation, owner, outsider, customer):
    heard("Would love a lighthouse.")
    Customer.objects.filter(pk=customer.pk).update(owner=outsider)
    assert page_of(signed_in, owner, conversation).status_code == 404


def test_erasing_the_customer_erases_what_was_said(heard, customer):
    heard("Would love a lighthouse.")
    Customer.objects.filter(pk=customer.pk).delete()
    assert not Answer.objects.exists()


class TestEnding:
    def end(self, send, owner, **fields):
        fields = {"kind": "call", "on": timezone.localdate().isoformat()} | fields
        return send(owner, "end_conversation", **fields)

    def test_shows_what_was_learned_and_offers_the_rest(self, send, signed_in, heard, conversation, owner):
        made, left = heard("Would love a lighthouse."), heard("Sails on Sundays.")
        send(owner, "make_secret", made.pk)
        page = signed_in(owner).get(reverse("end_conversation", args=[conversation.pk])).content.decode()
        assert "Would love a lighthouse." in page
        assert reverse("make_secret", args=[left.pk]) in page
        assert SecretRead.objects.filter(user=owner).exists()

    def test_logs_the_visit_or_call(self, send, heard, conversation, customer, owner):
        heard("Would love a lighthouse.")
        self.end(send, owner, note="Coffee at the wharf.")
        call = Interaction.objects.get(customer=customer)
        assert (call.kind, call.note, call.by) == ("call", "Coffee at the wharf.", owner)
        assert call.contact == conversation.contact
        conversation.refresh_from_db()
        assert conversation.ended_at

    def test_notes_a_promise(self, send, conversation, customer, owner):
        day = timezone.localdate() + timedelta(days=3)
        self.end(send, owner, promise="Send the glaze samples", due_on=day.isoformat())
        assert Promise.objects.get(customer=customer).due_on == day

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"promise": "Samples"}, "By when?"),
            ({"due_on": "2030-01-01"}, "What did you promise"),
            ({"on": "2999-01-01"}, "still to come"),
        ],
    )
    def test_says_what_lacks(self, send, conversation, owner, fields, words):
        assert words in self.end(send, owner, **fields).content.decode()
        conversation.refresh_from_db()
        assert conversation.ended_at is None

    def test_twice_logs_once(self, send, owner):
        for _ in range(2):
            self.end(send, owner)
        assert Interaction.objects.count() == 1

    def test_still_takes_what_a_dead_network_held_back(self, send, heard, owner):
        self.end(send, owner)
        assert heard("Would love a lighthouse.").text == "Would love a lighthouse."

    def test_the_ended_one_is_read_again(self, send, signed_in, heard, conversation, owner):
        heard("Would love a lighthouse.")
        self.end(send, owner)
        assert "Would love a lighthouse." in page_of(signed_in, owner, conversation).content.decode()

    def test_service_ends_without_logging_a_visit(self, signed_in, customer, service_agent):
        theirs = actions.start_conversation(customer, acting_user=service_agent, at=timezone.now())
        signed_in(service_agent).post(
            reverse("end_conversation", args=[theirs.pk]), {"kind": "call", "on": "2026-01-01"}
        )
        theirs.refresh_from_db()
        assert theirs.ended_at
        assert not Interaction.objects.exists()

    def test_one_that_did_not_take_place_is_forgotten(self, send, owner):
        send(owner, "drop_conversation")
        assert not Conversation.objects.exists()

    def test_one_with_answers_is_not_forgotten(self, send, heard, owner):
        heard("Would love a lighthouse.")
        send(owner, "drop_conversation")
        assert Conversation.objects.exists()


def test_somebody_else_is_at_the_table(send, conversation, owner):
    send(owner, "change_conversation", contact="")
    conversation.refresh_from_db()
    assert conversation.contact is None


def test_list_shows_ones_own_unfinished_first(signed_in, conversation, customer, owner, colleague):
    past = {"customer": customer, "began_at": timezone.now(), "ended_at": timezone.now()}
    ended = Conversation.objects.create(by=owner, **past)
    Conversation.objects.create(by=colleague, **past)
    client, url = signed_in(owner), reverse("conversations")
    assert list(client.get(url).context["page"]) == [conversation, ended]
    assert list(client.get(url, {"state": "ended"}).context["page"]) == [ended]
    assert list(client.get(url, {"q": "aldous"}).context["page"]) == [conversation, ended]
    assert b"No such conversation" in client.get(url, {"q": "nobody"}).content


def test_list_takes_the_same_queries_however_long(signed_in, heard, customer, owner, django_assert_max_num_queries):
    client, counts = signed_in(owner), []
    for more in (1, 19):
        for _ in range(more):
            heard("Would love a lighthouse.")
            Conversation.objects.create(by=owner, customer=customer, began_at=NOW, ended_at=NOW)
        with django_assert_max_num_queries(9) as seen:
            client.get(reverse("conversations"))
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


def test_page_takes_the_same_queries_however_long(signed_in, heard, owner, conversation, django_assert_max_num_queries):
    client, counts = signed_in(owner), []
    for more in (1, 19):
        for number in range(more):
            heard(f"Would love lighthouse {more} {number}.")
        with django_assert_max_num_queries(14) as seen:
            client.get(reverse("conversation", args=[conversation.pk]))
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


def test_switched_off_categories_are_neither_offered_nor_gaps(customer, owner):
    Category.objects.filter(key="dream").update(is_active=False)
    offers = queries.next_questions(customer, owner, timezone.now())
    assert "dream" not in {offer.key for offer in offers}
    assert "dream" not in {category.key for category in queries.manual_of(customer, owner, timezone.now()).gaps}
