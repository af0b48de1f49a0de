import datetime as dt
import math
import re
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from news.models.section import Section
from news.models.source import Source
from postportal.images.models import Image
from postportal.outbox.signals import enqueue
from postportal.publishing.models import HAS_EXPIRY, IS_DRAFT, PubliclyTimedQuerySet, Publishable
from postportal.publishing.models.missing import Missing
from postportal.richtext.fields import RichTextField
from postportal.richtext.plain_text import plain_text
from postportal.tags.manager import FoldingTagManager
from postportal.text.characters import HAN
from postportal.text.fields import FoldedField, LineField, LinesField, with_folded
from postportal.web.bulk_rows import insert_rows, update_columns
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import PUBLICATION_DAYS
from postportal.web.kept_urls import kept_url
from postportal.web.languages import Translated
from postportal.web.slug_fields import SlugField
from postportal.web.slugged import Slugged

WORDS_PER_MINUTE = 220
CHINESE_CHARACTERS_PER_MINUTE = 400
_CHINESE_CHARACTER = re.compile(f"[{HAN}]")
NEWEST_FIRST = ("-dateline_on", "-publish_at", "-pk")
# For indexes: the same order, then the columns that decide whether a row is public.
LIST_INDEX_FIELDS = ("-dateline_on", "-publish_at", "-id", "state", "expire_at")
_SLUG_TAKEN = _("Another article with this date already uses this URL. Choose another.")


class ArticleQuerySet(PubliclyTimedQuerySet):
    def in_language(self, language: str) -> Self:
        return self.filter(language=language)

    def in_language_without_index(self, language: str) -> Self:
        """Filter by language in a query that must begin with the rows of another table, such as the mentions of a
        person, and not go through all articles in the language."""
        return self.alias(lower_language=Lower("language")).filter(lower_language=language.lower())

    def newest_first(self) -> Self:
        return self.order_by(*NEWEST_FIRST)

    def oldest_first(self) -> Self:
        return self.order_by("dateline_on", "publish_at", "pk")

    def for_lists(self) -> Self:
        """Load what a row of a list shows, without the text."""
        return self.select_related("section", "lead_image").defer("body", "body_text")

    def keys_beside(self, article: "Article") -> models.Q:
        """Return the condition for the articles next to this one by date."""
        earlier = self.earlier_than(article).newest_first().values("pk")[:1]
        later = self.later_than(article).oldest_first().values("pk")[:1]
        return models.Q(pk=models.Subquery(earlier)) | models.Q(pk=models.Subquery(later))

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
        insert_rows(new, with_keys=True)
        if changed:
            self._update_rows(changed, fields)
        self.enqueue_changes([article.pk for article in (*new, *changed)])

    def _update_rows(self, articles: list["Article"], names: list[str]) -> None:
        fields = [self.model._meta.get_field(name) for name in with_folded(self.model, names)]
        rows = [[*(_value_to_write(each, field) for field in fields), each.pk] for each in articles]
        update_columns(self.model, [field.name for field in fields], rows)

    def enqueue_changes(self, pks: Iterable[int]) -> None:
        """Add the articles to the outbox, after a change of their columns, tags or mentions."""
        enqueue(self.model, pks)


def _value_to_write(article: "Article", field: Any) -> Any:
    is_derived = isinstance(field, FoldedField)
    return field.pre_save(article, add=False) if is_derived else getattr(article, field.attname)


class Article(Slugged, Publishable, Translated):
    """A news article. The dateline date is shown with it and part of its URL. It is independent of the times at which
    the article was published and last changed."""

    external_id = models.CharField(
        _("external ID"), max_length=100, unique=True, default=None, null=True, blank=True, editable=False
    )
    # What the last import left, so that the next one keeps what has been changed since. Blank if there was none.
    import_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    child_relations = ("mentions", "attached_documents")
    not_copied = ("slug", "dateline_on", "is_featured", "translation_of")
    slug_scope = ("language", "dateline_on")
    slug_kind = "article"
    slug_taken_message = _SLUG_TAKEN

    title = LineField(_("title"), max_length=300, blank=True)
    folded_title = FoldedField(of="title", max_length=400, db_index=False)
    slug = SlugField(
        _("URL"), help_text=_("Last part of the page URL. Leave blank to create it from the title."), may_be_empty=True
    )
    standfirst = LinesField(
        _("standfirst"),
        max_length=600,
        blank=True,
        help_text=_("One or two sentences, shown under the title and in lists."),
    )
    body = RichTextField(_("body"), blank=True)
    body_text = models.TextField(editable=False, blank=True)
    section = models.ForeignKey(
        Section,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("section"),
        db_index=False,
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("source"), db_index=False
    )
    credit = LineField(
        _("credit line"),
        max_length=120,
        blank=True,
        help_text=_("Shown at the end of the text, for example “China Post”."),
    )
    location = LineField(_("location"), max_length=80, blank=True, help_text=_("Place the report comes from."))
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
    tags = TaggableManager(_("tags"), blank=True, related_name="articles", manager=FoldingTagManager)

    objects = ArticleQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("publish_article", _("Can review, publish and schedule articles")),
            ("control_article", _("Can withdraw articles, publish them without review and lift embargoes")),
        ]
        indexes = [
            # First what a list is filtered and sorted by, then what decides whether a row is public.
            models.Index(fields=["language", *LIST_INDEX_FIELDS, "section"], name="article_list"),
            models.Index(fields=["section", "language", *LIST_INDEX_FIELDS], name="article_section_list"),
            models.Index(fields=["source", "language", *LIST_INDEX_FIELDS, "section"], name="article_source_list"),
            # Lead stories are few: without an index of their own, the home page would go through the archive for one.
            models.Index(
                fields=["language", *LIST_INDEX_FIELDS], condition=models.Q(is_featured=True), name="article_featured"
            ),
            # The search looks for hidden rows, which are few: one index for each reason to be hidden.
            # That of the time has all that is counted about articles still to come.
            models.Index(
                fields=["publish_at", "state", "language", "section", "source", "dateline_on"],
                name="article_publish_at",
            ),
            models.Index(fields=["expire_at"], condition=HAS_EXPIRY, name="article_expire_at"),
            models.Index(Lower("state"), name="article_state"),
            # Few are to be reviewed again.
            models.Index(fields=["review_on"], condition=models.Q(review_on__isnull=False), name="article_review_on"),
            # The last update that readers see is that of the sitemap.
            models.Index(
                fields=["changed_at"], condition=models.Q(changed_at__isnull=False), name="article_changed_at"
            ),
            # The order of the list of staff.
            models.Index(fields=["-dateline_on", "-id"], name="article_by_dateline"),
            # Staff paste the URL of an article into the search of their list.
            models.Index(fields=["slug"], name="article_slug"),
            # What staff changed last.
            models.Index(fields=["modified_at"], name="article_modified_at"),
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
                violation_error_message=_SLUG_TAKEN,
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("(no title yet)"))

    def get_absolute_url(self) -> str:
        return kept_url("news:article", self.dateline_on, self.slug, language=self.language)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.body_text = plain_text(self.body)
        super().save(*args, **kwargs)

    def slug_texts(self) -> list[str]:
        return [self.title]

    def fill_placeholders(self) -> None:
        self.title = self.title or str(self)
        if self.section is None:
            self.section = Section.objects.create(name=str(_("(no section yet)")))

    def missing_for_readers(self) -> list[str]:
        required = {
            Missing(_("Enter a title."), field="title"): self.title,
            Missing(_("Choose a section."), field="section"): self.section_id,
            Missing(_("Add a standfirst or body text."), field="standfirst"): self.standfirst or self.body,
        }
        return [message for message, value in required.items() if not value]

    @property
    def reading_minutes(self) -> int:
        """Return the reading time in minutes, at least 1. Chinese is counted by characters."""
        chinese = len(_CHINESE_CHARACTER.findall(self.body_text))
        words = len(self.body_text.split())
        return max(1, math.ceil(chinese / CHINESE_CHARACTERS_PER_MINUTE + words / WORDS_PER_MINUTE))

    @property
    def sort_key(self) -> tuple[dt.date, dt.datetime | None, int]:
        """Return the key that newest_first sorts by, in descending order."""
        return (self.dateline_on, self.publish_at, self.pk)
