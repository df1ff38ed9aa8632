"""People who work here: users, their roles and teams."""

from typing import Any

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models.functions import Lower, Now
from django.utils.functional import cached_property

TEAMS_LED = """
WITH RECURSIVE line AS (
    SELECT id FROM accounts_team WHERE manager_id = %s
    UNION
    SELECT team.id FROM accounts_team team JOIN line ON team.parent_id = line.id
)
SELECT id FROM line
"""


class Role(models.TextChoices):
    SALESPERSON = "salesperson"
    MANAGER = "manager"
    SERVICE = "service"
    MARKETING = "marketing"
    EXECUTIVE = "executive"
    COMPENSATION = "compensation"
    PRIVACY_OFFICER = "privacy_officer", "privacy officer"
    ADMINISTRATOR = "administrator"


class Team(models.Model):
    """A team of salespeople with a manager; teams stand under a parent team."""

    name = models.CharField(max_length=80)
    manager = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="managed_teams"
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="team_name_once"),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="team_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def holding(self, role: Role) -> "UserQuerySet":
        """Active users who hold a role."""
        return self.active().filter(roles__contains=[role])


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def active(self) -> UserQuerySet:
        return self.get_queryset().active()

    def holding(self, role: Role) -> UserQuerySet:
        return self.get_queryset().holding(role)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with an unusable password unless one is given; the address is kept in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Someone who signs in. Customers have no account."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    employee_number = models.CharField(max_length=40, blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    city = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=80, blank=True)
    hired_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    zone = models.CharField("time zone", max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(db_default=Now())

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower_case"),
            models.UniqueConstraint(
                fields=["employee_number"], condition=~models.Q(employee_number=""), name="user_employee_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=[role.value for role in Role]), name="user_roles_known"
            ),
        ]
        indexes = [GinIndex(fields=["roles"], name="user_roles")]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        parts = self.name.split()
        return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()

    @property
    def role_names(self) -> str:
        """The roles in words, for people."""
        return ", ".join(Role(role).label for role in self.roles) or "none"

    def has_role(self, *roles: Role) -> bool:
        """Whether the user holds any of the roles."""
        return any(role in self.roles for role in roles)

    @cached_property
    def led_team_ids(self) -> list[int]:
        """Ids of every team the user manages and the teams below them. One query, kept for the request."""
        with connection.cursor() as cursor:
            cursor.execute(TEAMS_LED, [self.pk])
            return [row[0] for row in cursor.fetchall()]

    @cached_property
    def line_ids(self) -> list[int]:
        """Ids of those whose customers are the user's to know: themselves and their team, and the teams they manage.

        At most two queries, kept for the request: a list in the SQL plans faster than a subquery in each.
        """
        teams = set(self.led_team_ids) if self.has_role(Role.MANAGER) else set()
        if self.has_role(Role.SALESPERSON) and self.team_id:
            teams.add(self.team_id)
        ids = set(User.objects.filter(team__in=teams).values_list("pk", flat=True)) if teams else set()
        return sorted(ids | {self.pk} if self.has_role(Role.SALESPERSON) else ids)


class RoleChange(models.Model):
    """A role given or taken. Sensitive roles wait for a second administrator; the rows are never changed after."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        REFUSED = "refused"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_changes")
    role = models.CharField(max_length=20, choices=Role)
    given = models.BooleanField()
    state = models.CharField(max_length=10, choices=State)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"], condition=models.Q(state="waiting"), name="role_change_one_waiting"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None)
                | models.Q(state="refused")
                | ~models.Q(decided_by=models.F("asked_by")),
                name="role_change_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(asked_by=None) | ~models.Q(asked_by=models.F("user")), name="role_change_not_own"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="decided_is_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {'to' if self.given else 'from'} {self.user}"


class Invite(models.Model):
    """A one-time link that lets a new person set a password. Only the hash is stored."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="invite")
    token_hash = models.BinaryField(unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invite of {self.user}"
