"""Conversations: beginning one, recording what was heard, making secrets of it, ending."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from customers.actions import add_promise, log_interaction
from customers.models import Contact, Customer
from secrets_manual import rules, vault
from secrets_manual.actions.changes import change_secret, confirm_secret, remove_secret
from secrets_manual.actions.secrets import log_secret
from secrets_manual.models import SEALED, Answer, Category, Conversation, Question, Secret, SecretText


@transaction.atomic
def start_conversation(
    customer: Customer, *, contact: Contact | None = None, acting_user: User, at: datetime
) -> Conversation:
    """Begin a conversation, or go on with the unfinished one the user has with this customer."""
    conversation, _ = Conversation.objects.get_or_create(
        customer=customer, by=acting_user, ended_at=None, defaults={"contact": contact, "began_at": at}
    )
    return conversation


@transaction.atomic
def change_conversation(conversation: Conversation, *, contact: Contact | None, acting_user: User) -> None:
    """Somebody else is at the table."""
    Conversation.objects.filter(pk=conversation.pk).update(contact=contact)


@transaction.atomic
def record_answer(
    conversation: Conversation,
    *,
    key: UUID,
    text: str,
    acting_user: User,
    at: datetime,
    question: Question | None = None,
    about: Secret | None = None,
    own: str = "",
    category: Category | None = None,
) -> Answer:
    """Seal what was heard. The same words sent again under the same key are the same answer, whatever came between."""
    words = {"sealed": vault.seal(text), "state": Answer.State.HEARD}
    put = _put(question=question, about=about, own=own, category=category)
    return _once(conversation, key, text, put | words, at)


@transaction.atomic
def skip_question(
    conversation: Conversation,
    *,
    key: UUID,
    acting_user: User,
    at: datetime,
    question: Question | None = None,
    about: Secret | None = None,
) -> Answer | None:
    """Pass a question over: it is not offered again so soon. Nothing to keep when it was one's own."""
    if not question and not about:
        return None
    passed = {"state": Answer.State.PASSED}
    return _once(conversation, key, "", _put(question=question, about=about) | passed, at)


@transaction.atomic
def answer_still_true(
    conversation: Conversation, *, key: UUID, about: Secret, acting_user: User, at: datetime
) -> Answer:
    """They said it is still so: the secret is fresh again."""
    confirm_secret(about, acting_user=acting_user, at=at)
    return _once(conversation, key, "", _put(about=about) | {"state": Answer.State.CONFIRMED}, at)


def _put(
    *,
    question: Question | None = None,
    about: Secret | None = None,
    own: str = "",
    category: Category | None = None,
) -> dict[str, Any]:
    """What was asked. One's own words are sealed: they may tell as much as an answer."""
    if own:
        return {"own": vault.seal(own), "category": category}
    if about:
        return {"about": about, "asked": rules.still_true(about.category.name), "category": about.category}
    if question:
        return {"question": question, "asked": question.text, "category": question.category}
    raise ValidationError("Ask something first.")


def _once(conversation: Conversation, key: UUID, text: str, fields: dict[str, Any], at: datetime) -> Answer:
    """The key names a page; with the words it names an answer, so that going back and writing others loses neither."""
    answer, _ = Answer.objects.get_or_create(
        conversation=conversation, key=uuid5(key, text), defaults={**fields, "at": at}
    )
    return answer


@transaction.atomic
def make_secret(answer: Answer, *, acting_user: User, at: datetime, **fields: Any) -> Secret:
    """Write an answer into the manual by ``log_secret``; the answer's own words go. Once, however often it is sent.

    Raises ``ValidationError`` as ``log_secret`` does.
    """
    locked = _locked(answer)
    if locked.secret:
        return locked.secret
    conversation = locked.conversation
    # A question of one's own may tell as much as the answer; beside a sealed secret it would lie open.
    is_open = not locked.own or fields["sensitivity"] not in SEALED
    fields |= {"question": locked.question_text if is_open else ""}
    secret = log_secret(conversation.customer, **fields, acting_user=acting_user, at=at)
    _settle(locked, Answer.State.SECRET, secret)
    return secret


@transaction.atomic
def rewrite_secret(answer: Answer, *, text: str, acting_user: User, at: datetime) -> Secret:
    """What was asked of a secret gives it new words; it is as closed as before, and fresh.

    Raises ``ValidationError`` when the secret was taken out meanwhile.
    """
    locked = _locked(answer)
    secret = locked.about
    if secret is None:
        raise ValidationError("The secret this was asked of is gone. Make a new one of the answer.")
    if locked.state == Answer.State.HEARD:
        kept: dict[str, Any] = {
            "category": secret.category,
            "sensitivity": secret.sensitivity,
            "audiences": secret.audiences,
        }
        change_secret(secret, text=text, **kept, acting_user=acting_user, at=at)
        confirm_secret(secret, acting_user=acting_user, at=at)
        _settle(locked, Answer.State.REWRITTEN, None)
    return secret


@transaction.atomic
def unmake_secret(answer: Answer, *, acting_user: User, at: datetime) -> None:
    """Undo ``make_secret``: the secret leaves the manual, its words are the answer again.

    Raises ``ValidationError`` when there is nothing to undo.
    """
    locked = _locked(answer)
    secret = locked.secret
    if secret is None or secret.removed_at or secret.discovered_by_id != acting_user.pk:
        raise ValidationError("There is nothing to undo: the secret was changed or taken out meanwhile.")
    words = SecretText.objects.get(secret=secret, is_current=True).text
    remove_secret(secret, acting_user=acting_user, at=at)
    Answer.objects.filter(pk=locked.pk).update(state=Answer.State.HEARD, sealed=vault.seal(words), secret=None)


def _locked(answer: Answer) -> Answer:
    # Without its secret: what was joined before the wait for the lock would still say that there is none.
    rows = Answer.objects.select_for_update(of=["self"])
    return rows.select_related("conversation__customer", "about__category").get(pk=answer.pk)


def _settle(answer: Answer, state: Answer.State, secret: Secret | None) -> None:
    Answer.objects.filter(pk=answer.pk).update(state=state, secret=secret, sealed=None)


@transaction.atomic
def end_conversation(
    conversation: Conversation,
    *,
    acting_user: User,
    at: datetime,
    interaction: dict[str, Any] | None = None,
    promise: dict[str, Any] | None = None,
) -> bool:
    """End it, log the visit or call it was, note a promise made; False when it was ended already."""
    open_one = Conversation.objects.filter(pk=conversation.pk, ended_at=None)
    if not open_one.update(ended_at=at):
        return False
    if interaction:
        told = {"contact": conversation.contact} | interaction
        log_interaction(conversation.customer, **told, acting_user=acting_user, at=at)
    if promise:
        add_promise(conversation.customer, **promise, acting_user=acting_user, at=at)
    return True


@transaction.atomic
def drop_conversation(conversation: Conversation, *, acting_user: User) -> None:
    """Forget a conversation in which nothing was heard. Raises ``ValidationError`` when something was."""
    if conversation.answers.exclude(state=Answer.State.PASSED).exists():
        raise ValidationError("Something was heard in it. End it instead.")
    conversation.delete()
