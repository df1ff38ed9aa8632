"""Kinds of wants, and the questions that bring them to light."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now


class CategoryQuerySet(models.QuerySet["Category"]):
    def offered(self) -> Self:
        """Those for new secrets; what was written in the others stays."""
        return self.filter(is_active=True)


class Category(models.Model):
    """A kind of want, of a person or of an organisation. An administrator can add some."""

    class Kind(models.TextChoices):
        PERSON = "person"
        ORGANISATION = "organisation"

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind)
    confidential_by_default = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True, help_text="Offered for new secrets and counted as a gap.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """A question of the firm's bank: asked in conversations while its category is a gap, or grows old."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty for those the product brings.",
    )
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["category", "position", "id"]
        constraints = [
            models.UniqueConstraint("category", Lower("text"), name="question_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="question_has_text"),
        ]

    def __str__(self) -> str:
        return self.text
