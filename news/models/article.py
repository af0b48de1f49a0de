import datetime as dt
import math
import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import TaggedItem

from news.models.section import Section
from news.models.source import Source
from postportal.images.models import Image
from postportal.outbox.signals import enqueue
from postportal.publishing.models import HAS_EXPIRY, IS_DRAFT, PubliclyTimedQuerySet, Publishable
from postportal.richtext.fields import RichTextField
from postportal.richtext.plain_text import plain_text
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import PUBLICATION_DAYS
from postportal.web.languages import Translated

WORDS_PER_MINUTE = 220
CHINESE_CHARACTERS_PER_MINUTE = 400
NEWEST_FIRST = ("-dateline_on", "-publish_at", "-pk")
# Newest articles searched for related ones. If few of them share a tag, all articles with the tag are read instead.
MAX_SEARCHED_FOR_RELATED = 2000
# For indexes: the same order, then the columns that decide whether a row is public.
LIST_INDEX_FIELDS = ("-dateline_on", "-publish_at", "-id", "state", "expire_at")


class ArticleQuerySet(PubliclyTimedQuerySet):
    def in_language(self, language: str) -> Self:
        return self.filter(language=language)

    def newest_first(self) -> Self:
        return self.order_by(*NEWEST_FIRST)

    def oldest_first(self) -> Self:
        return self.order_by("dateline_on", "publish_at", "pk")

    def for_lists(self) -> Self:
        """Load what a row of a list shows, without the text."""
        return self.select_related("section", "lead_image").defer("body", "body_text")

    def neighbours_of(self, article: "Article") -> dict[str, "Article"]:
        """Return the articles next to this one by date, if any, as "earlier" and "later"."""
        earlier = self.earlier_than(article).newest_first().values("pk")[:1]
        later = self.later_than(article).oldest_first().values("pk")[:1]
        found = self.filter(models.Q(pk=models.Subquery(earlier)) | models.Q(pk=models.Subquery(later))).for_lists()
        return {"later" if row.sort_key > article.sort_key else "earlier": row for row in found}

    def related_to(self, article: "Article", *, tags: list[int], count: int) -> list["Article"]:
        """Return the newest articles that share a tag with this one, then the newest of its section."""
        # Not by the field `tags`, which joins the articles again and casts the keys, so that PostgreSQL uses no index.
        articles = ContentType.objects.get_for_model(Article)
        tagged = TaggedItem.objects.filter(content_type=articles, tag__in=tags)
        shares_tag = models.Exists(tagged.filter(object_id=models.OuterRef("pk")))
        others = self.exclude(pk=article.pk)
        newest = Article.objects.filter(pk__in=others.newest_first().values("pk")[:MAX_SEARCHED_FOR_RELATED])
        found = list(newest.filter(shares_tag).newest_first().for_lists()[:count]) if tags else []
        if len(found) == count:
            return found
        candidates = [others.filter(pk__in=tagged.values("object_id")), others.filter(section=article.section_id)]
        # SQLite allows limits within a union only in subqueries.
        parts = [
            Article.objects.filter(pk__in=rows.newest_first().values("pk")[:count]).values("pk") for rows in candidates
        ]
        # Not filtered again: SQLite would then read all articles of the language for these few.
        both = Article.objects.filter(pk__in=parts[0].union(parts[1])).annotate(shares_tag=shares_tag)
        return list(both.order_by("-shares_tag", *NEWEST_FIRST).for_lists()[:count])

    def earlier_than(self, article: "Article") -> Self:
        """Keep the articles after `article` in newest_first. The redundant condition on the date lets the database
        start at the article in the index."""
        key = models.Q(dateline_on__lt=article.dateline_on)
        key |= models.Q(dateline_on=article.dateline_on, publish_at__lt=article.publish_at)
        key |= models.Q(dateline_on=article.dateline_on, publish_at=article.publish_at, pk__lt=article.pk)
        return self.filter(key, dateline_on__lte=article.dateline_on)

    def later_than(self, article: "Article") -> Self:
        """Keep the articles before `article` in newest_first."""
        key = models.Q(dateline_on__gt=article.dateline_on)
        key |= models.Q(dateline_on=article.dateline_on, publish_at__gt=article.publish_at)
        key |= models.Q(dateline_on=article.dateline_on, publish_at=article.publish_at, pk__gt=article.pk)
        return self.filter(key, dateline_on__gte=article.dateline_on)

    def bulk_save(self, *, new: list["Article"], changed: list["Article"], fields: list[str]) -> None:
        """Create the new articles and update these fields of the changed ones. Bulk writes send no signals, so the
        changes are added to the outbox here."""
        self.bulk_create(new)
        if changed:
            self.bulk_update(changed, fields)
        self.enqueue_changes([article.pk for article in (*new, *changed)])

    def enqueue_changes(self, pks: Iterable[int]) -> None:
        """Add the articles to the outbox, after a change of their columns, tags or mentions."""
        enqueue(self.model, pks)


class Article(Publishable, Translated):
    """A news article. The dateline date is shown with it and part of its URL. It is independent of the times at which
    the article was published and last changed."""

    external_id = models.CharField(
        _("external ID"), max_length=100, unique=True, default=None, null=True, blank=True, editable=False
    )
    child_relations = ("mentions",)

    title = models.CharField(_("title"), max_length=300, blank=True)
    slug = models.CharField(
        _("URL"),
        max_length=120,
        validators=[RegexValidator(r"^[-\w]+\Z", _("Use letters, digits, hyphens and underscores."))],
        help_text=_("Last part of the page URL. Leave blank to create it from the title."),
        blank=True,
    )
    standfirst = models.TextField(
        _("standfirst"),
        max_length=600,
        blank=True,
        help_text=_("One or two sentences, shown under the title and in lists."),
    )
    body = RichTextField(_("body"), blank=True)
    body_text = models.TextField(editable=False, blank=True)
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("section")
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("source")
    )
    credit = models.CharField(
        _("credit line"),
        max_length=120,
        blank=True,
        help_text=_("Shown at the end of the text, for example “China Post”."),
    )
    location = models.CharField(_("location"), max_length=80, blank=True, help_text=_("Place the report comes from."))
    dateline_on = RangedDateField(
        _("date"),
        default=timezone.localdate,
        help_text=_("Date shown with the article and used in its URL."),
        days=PUBLICATION_DAYS,
        years_ahead=1,
    )
    lead_image = models.ForeignKey(
        Image, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead picture")
    )
    is_featured = models.BooleanField(
        _("lead story"), default=False, help_text=_("The newest lead story is shown at the top of the home page.")
    )
    tags = TaggableManager(_("tags"), blank=True, related_name="articles")

    objects = ArticleQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("publish_article", _("Can review, publish and schedule articles")),
            ("control_article", _("Can withdraw articles, publish them without review and lift embargoes")),
        ]
        indexes = [
            # First what a list is filtered and sorted by, then what decides whether a row is public. The section at the
            # end serves the counts of archive.py.
            models.Index(fields=["language", *LIST_INDEX_FIELDS, "section"], name="article_list"),
            models.Index(fields=["section", "language", *LIST_INDEX_FIELDS], name="article_section_list"),
            models.Index(fields=["source", "language", *LIST_INDEX_FIELDS], name="article_source_list"),
            # The search looks for hidden rows, which are few: one index for each reason to be hidden.
            models.Index(fields=["publish_at"], name="article_publish_at"),
            models.Index(fields=["expire_at"], condition=HAS_EXPIRY, name="article_expire_at"),
            models.Index(Lower("state"), name="article_state"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=IS_DRAFT | (~models.Q(title="") & ~models.Q(slug="") & models.Q(section__isnull=False)),
                name="article_public_has_title_and_section",
                violation_error_message=_("A published article must have a title and a section."),
            ),
            models.UniqueConstraint(
                fields=["language", "dateline_on", "slug"],
                condition=~models.Q(slug=""),
                name="article_slug_unique_per_day",
                violation_error_message=_("Another article with this date already uses this URL. Choose another."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("(no title yet)"))

    def get_absolute_url(self) -> str:
        with translation.override(self.language):
            return reverse("news:article", args=[self.dateline_on, self.slug])

    def clean(self) -> None:
        super().clean()
        if self.translation_of and self.translation_of.language == self.language:
            raise ValidationError(
                {"translation_of": _("A translation must be in a different language from its original.")}
            )
        self.set_slug()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_slug()
        self.body_text = plain_text(self.body)
        super().save(*args, **kwargs)

    def set_slug(self) -> None:
        if self.title:
            self.slug = self.slug or article_slug(self.title)

    def fill_placeholders(self) -> None:
        self.title = self.title or str(self)
        self.slug = self.slug or f"article-{self.pk or uuid.uuid4().hex[:12]}"
        if self.section is None:
            self.section = Section.objects.create(name=str(_("(no section yet)")), slug=uuid.uuid4().hex)

    def missing_for_readers(self) -> list[str]:
        required = {
            _("Enter a title."): self.title,
            _("Choose a section."): self.section_id,
            _("Add a standfirst or body text."): self.standfirst or self.body,
        }
        return [str(message) for message, value in required.items() if not value]

    @property
    def reading_minutes(self) -> int:
        """Return the reading time in minutes, at least 1. Chinese is counted by characters."""
        chinese = sum("\u3400" <= character <= "\u9fff" for character in self.body_text)
        words = len(self.body_text.split())
        return max(1, math.ceil(chinese / CHINESE_CHARACTERS_PER_MINUTE + words / WORDS_PER_MINUTE))

    @property
    def sort_key(self) -> tuple[dt.date, dt.datetime | None, int]:
        """Return the key that newest_first sorts by, in descending order."""
        return (self.dateline_on, self.publish_at, self.pk)


def article_slug(title: str) -> str:
    """Return a slug made from the title, in its own script and cut between words at 80 characters."""
    slug = slugify(title, allow_unicode=True)[:81]
    if len(slug) > 80:
        slug = slug.rsplit("-", 1)[0][:80] if "-" in slug else slug[:80]
    return slug.strip("-_") or uuid.uuid4().hex[:12]
