"""Every write to users, roles and teams."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.urls import reverse

from accounts import rules
from accounts.models import ApiToken, IdempotencyKey, Invite, Role, RoleChange, Team, User
from firm.actions import notify, post_mail
from firm.queries import the_firm
from firm.rules import token_hash

INVITE_DAYS = 7
# Whoever sends a request again does so sooner.
KEYS_KEPT = timedelta(days=30)


def check_administrator(user: User) -> None:
    """Raises ``PermissionDenied`` for anybody but an administrator."""
    if not user.has_role(Role.ADMINISTRATOR):
        raise PermissionDenied


@transaction.atomic
def invite_person(
    *, email: str, name: str, title: str, team: Team | None, roles: Collection[str], acting_user: User, at: datetime
) -> User:
    """Make a user and mail them a one-time link; sensitive roles wait for a second administrator."""
    check_administrator(acting_user)
    user = User.objects.create_user(email, name=name, title=title, team=team)
    for role in roles:
        ask_role_change(user, role=role, given=True, acting_user=acting_user, at=at)
    send_invite(user, acting_user=acting_user, at=at)
    return user


@transaction.atomic
def send_invite(user: User, *, acting_user: User, at: datetime) -> None:
    """Mail a fresh one-time link; the one before dies. Only its hash is stored; the mail is wiped once it left."""
    check_administrator(acting_user)
    token = secrets.token_urlsafe(32)
    Invite.objects.update_or_create(
        user=user,
        defaults={"token_hash": token_hash(token), "expires_at": at + timedelta(days=INVITE_DAYS), "used_at": None},
    )
    link = f"{settings.ORIGIN}{reverse('join', args=[token])}"
    post_mail(
        to=user.email,
        subject=f"Your place at {the_firm().name}",
        text=f"Hello {user.name},\n\n{acting_user.name} made a place for you in Rapport. Choose a password here:\n\n"
        f"{link}\n\nThe link works once, for {INVITE_DAYS} days.\n",
        is_secret=True,
    )


def find_invite(token: str, *, at: datetime) -> Invite | None:
    """The living invite a link opens, or none."""
    living = Invite.objects.filter(token_hash=token_hash(token), used_at=None, expires_at__gt=at, user__is_active=True)
    return living.select_related("user").first()


@transaction.atomic
def join(invite: Invite, *, name: str, password: str, at: datetime) -> User:
    """Take a place: choose a password. The link is spent.

    Raises ``ValidationError`` when it was spent meanwhile.
    """
    if not Invite.objects.filter(pk=invite.pk, used_at=None).update(used_at=at):
        raise ValidationError("This link was used meanwhile. Sign in with your password.")
    user = invite.user
    user.name = name
    user.set_password(password)
    user.save(update_fields=["name", "password"])
    return user


@transaction.atomic
def change_person(user: User, *, acting_user: User, **fields: Any) -> User:
    """Change name, address, title or team.

    Raises ``ValidationError`` for the address of somebody whose roles take two administrators: whoever has the address
    can set the password, so changing it would be giving those roles to somebody else alone.
    """
    check_administrator(acting_user)
    held = User.objects.get(pk=user.pk)
    if fields.get("email", held.email).lower() != held.email and rules.TWO_ADMINISTRATORS & set(held.roles):
        reason = "Take the role away first, change the address, then ask for the role again: that takes two of you."
        raise ValidationError({"email": f"{held.name} holds a role that takes two administrators. {reason}"})
    for field, value in fields.items():
        setattr(user, field, value)
    user.email = user.email.lower()
    user.save(update_fields=list(fields))
    return user


@transaction.atomic
def ask_role_change(user: User, *, role: str, given: bool, acting_user: User, at: datetime) -> RoleChange | None:
    """Give or take a role: at once, or once a second administrator agrees. Nothing to do gives ``None``.

    Raises ``PermissionDenied`` for one's own roles, ``ValidationError`` when the last administrator would go.
    """
    if not rules.may_change_roles(acting_id=acting_user.pk, acting_roles=acting_user.roles, user_id=user.pk):
        raise PermissionDenied
    if role == Role.ADMINISTRATOR and not given:
        keep_an_administrator(without=user)
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if (role in locked.roles) == given or locked.role_changes.filter(role=role, state="waiting").exists():
        return None
    waits = rules.needs_second_administrator(role, given=given)
    change = RoleChange.objects.create(
        user=locked,
        role=role,
        given=given,
        state=RoleChange.State.WAITING if waits else RoleChange.State.DONE,
        asked_by=acting_user,
        asked_at=at,
    )
    if waits:
        _tell_administrators(change, acting_user)
    else:
        _apply(locked, role, given)
    return change


@transaction.atomic
def change_roles(user: User, *, roles: set[str], acting_user: User, at: datetime) -> bool:
    """Give and take until the user holds ``roles``, all or nothing; whether some wait for a second administrator."""
    changes = [
        ask_role_change(user, role=role, given=role in roles, acting_user=acting_user, at=at)
        for role in sorted(roles ^ set(user.roles))
    ]
    return any(change is not None and change.state == RoleChange.State.WAITING for change in changes)


def _tell_administrators(change: RoleChange, acting_user: User) -> None:
    for other in User.objects.holding(Role.ADMINISTRATOR).exclude(pk__in=[acting_user.pk, change.user_id]):
        text = f"{acting_user.name} asks you to agree: {change.user.name} as {Role(change.role).label}."
        notify(other, text, url=reverse("role_changes"), key=f"role-{change.pk}")


def _apply(user: User, role: str, given: bool) -> None:
    user.roles = sorted({*user.roles, role}) if given else [kept for kept in user.roles if kept != role]
    user.save(update_fields=["roles"])


def keep_an_administrator(*, without: User) -> None:
    """Raises ``ValidationError`` when nobody else could administer.

    Concurrent attempts wait for one another here, so call it before locking any row: that order cannot deadlock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('accounts.administrators'))")
    if not User.objects.holding(Role.ADMINISTRATOR).exclude(pk=without.pk).exists():
        raise ValidationError(f"{without.name} is the last administrator. Make somebody else one first.")


@transaction.atomic
def decide_role_change(change: RoleChange, *, agree: bool, acting_user: User, at: datetime) -> RoleChange:
    """Agree to a waiting change, or refuse it: another administrator than who asked, and never the person itself.

    Raises ``ValidationError`` when it was decided meanwhile.
    """
    check_administrator(acting_user)
    locked = RoleChange.objects.select_for_update().get(pk=change.pk)
    if locked.state != RoleChange.State.WAITING:
        raise ValidationError("Somebody has decided this meanwhile.")
    is_other = rules.is_other_person(maker_id=locked.asked_by_id, checker_id=acting_user.pk)
    if locked.user_id == acting_user.pk or (agree and not is_other):
        raise PermissionDenied
    locked.state = RoleChange.State.DONE if agree else RoleChange.State.REFUSED
    locked.decided_by, locked.decided_at = acting_user, at
    locked.save()
    if agree:
        _apply(User.objects.select_for_update(no_key=True).get(pk=locked.user_id), locked.role, locked.given)
    return locked


@transaction.atomic
def deactivate_user(user: User, *, acting_user: User, at: datetime) -> None:
    """Take a person out: their sessions end, so that the next request finds nobody.

    Raises ``ValidationError`` for oneself and for the last administrator.
    """
    check_administrator(acting_user)
    if user.pk == acting_user.pk:
        raise ValidationError("You cannot deactivate yourself. Ask another administrator.")
    if user.has_role(Role.ADMINISTRATOR):
        keep_an_administrator(without=user)
    User.objects.filter(pk=user.pk).update(is_active=False, left_on=the_firm().today(at))
    Team.objects.filter(manager=user).update(manager=None)
    Session.objects.filter(pk__in=UserSession.objects.filter(user=user).values("session_key")).delete()
    UserSession.objects.filter(user=user).delete()


@transaction.atomic
def reactivate_user(user: User, *, acting_user: User) -> None:
    """Let a person in again, with the roles they had."""
    check_administrator(acting_user)
    User.objects.filter(pk=user.pk).update(is_active=True, left_on=None)


@transaction.atomic
def save_team(team: Team, *, acting_user: User) -> Team:
    """Add or change a team.

    Raises ``ValidationError`` when it would stand under itself.
    """
    check_administrator(acting_user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('accounts.teams'))")
    above = team.parent
    while above is not None:
        if above.pk == team.pk:
            raise ValidationError({"parent": f"{team.name} cannot stand under itself or one of its own teams."})
        above = above.parent
    team.save()
    return team


@transaction.atomic
def remove_team(team: Team, *, acting_user: User) -> None:
    """Remove a team with nobody in it and none below.

    Raises ``ValidationError`` otherwise.
    """
    check_administrator(acting_user)
    if team.members.exists() or team.children.exists():
        raise ValidationError(f"{team.name} still has people or teams below. Move them first.")
    team.delete()


def change_me(user: User, *, name: str, zone: str) -> None:
    """One's own name and time zone."""
    User.objects.filter(pk=user.pk).update(name=name, zone=zone)


@transaction.atomic
def make_token(
    *, name: str, scopes: Collection[str], days: int, acting_user: User, at: datetime
) -> tuple[ApiToken, str]:
    """A token of one's own for the API, and its 256 random bits in words, which nobody can show again."""
    words = f"rapport_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=acting_user,
        name=name,
        scopes=sorted(set(scopes)),
        token_hash=token_hash(words),
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    return token, words


def revoke_token(token: ApiToken, *, acting_user: User, at: datetime) -> None:
    """From now on it opens nothing."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at)


def forget_keys(*, at: datetime) -> int:
    """Delete the idempotency keys nobody sends again; how many."""
    return IdempotencyKey.objects.filter(at__lt=at - KEYS_KEPT).delete()[0]
