import datetime as dt
import re
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.models.article import Article
from news.models.mention import Mention
from news.models.person import Person
from news.models.position import Position
from postportal.publishing.models import visibility
from postportal.text.characters import HAN
from postportal.text.fields import FoldedField, LineField
from postportal.web.date_fields import RangedDateTimeField


class NameFindingQuerySet(models.QuerySet["NameFinding"]):
    def open(self, at: dt.datetime) -> Self:
        """Keep the findings in public articles that nobody has dismissed."""
        return self.filter(visibility(Article, at, prefix="article__"), dismissed_at=None)

    def proposed_mentions(self, at: dt.datetime) -> Self:
        """Keep the proposals to link a person that nobody has followed."""
        linked = Mention.objects.filter(article=OuterRef("article"), person=OuterRef("person"))
        return self.open(at).filter(~Exists(linked), kind=NameFinding.Kind.MENTION)

    def newest_first(self) -> Self:
        return self.order_by("-article__dateline_on", "-pk")


class NameFinding(models.Model):
    """A name in an article that somebody should look at. Derived data, except for who dismissed it: the outbox keeps it
    up to date, and `manage.py find_names` rebuilds it."""

    class Kind(models.TextChoices):
        UNKNOWN = "unknown", _("not in the register")
        TITLE = "title", _("title differs from the register")
        MENTION = "mention", _("named but not linked")

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="name_findings", verbose_name=_("article"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, related_name="name_findings", verbose_name=_("person")
    )
    position = models.ForeignKey(Position, models.SET_NULL, null=True, related_name="+", verbose_name=_("position"))
    # As printed in the article.
    name = LineField(_("name"), max_length=170)
    folded_name = FoldedField(of="name")
    title = LineField(pgettext_lazy("of a position", "title"), max_length=120, blank=True)
    organization = LineField(_("organization"), max_length=200, blank=True)
    dismissed_at = RangedDateTimeField(_("dismissed at"), null=True)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = NameFindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("name to check")
        verbose_name_plural = _("names to check")
        # It has no form of its own: whoever may change people may dismiss it.
        default_permissions = ()
        indexes = [
            models.Index(fields=["kind"], condition=Q(dismissed_at=None), name="name_finding_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "kind", "name", "title", "organization"],
                condition=Q(person=None),
                name="name_finding_once",
            ),
            models.UniqueConstraint(
                fields=["article", "kind", "person", "title", "organization"], name="name_finding_of_person_once"
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.title, self.organization]))

    @property
    def is_chinese(self) -> bool:
        return re.fullmatch(f"[{HAN}·]+", self.name) is not None
