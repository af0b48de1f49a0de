import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from postportal.tags.visibility import public_tags
from postportal.text.folding import fold
from postportal.text.name_search import filter_folded_words
from postportal.web.slugs import is_slug, normalize

MAX_TAG_LENGTH: int = Tag._meta.get_field("name").max_length or 0
MAX_SLUG_LENGTH: int = Tag._meta.get_field("slug").max_length or 0
MAX_KEY_LENGTH = 255


class SpellingQuerySet(models.QuerySet["TagSpelling"]):
    def containing(self, text: str) -> Self:
        """Keep the spellings that have every word of the text."""
        return filter_folded_words(self, text, column="folded", folding=tag_key)

    def beginning_with(self, text: str) -> Self:
        return self.filter(folded__startswith=tag_key(text))

    def tags_by_key(self, names: Iterable[str]) -> dict[str, Tag]:
        """Return the tags that have one of these names or once had it before they were merged, by folded name."""
        keys = {tag_key(name) for name in names}
        return {row.folded: row.tag for row in self.filter(folded__in=keys).select_related("tag")} if keys else {}


class TagSpelling(models.Model):
    """A folded name of a tag: no two tags have the same. Each tag has the one of its name, and those of the tags that
    were merged into it, so that nobody creates them again by typing an old name."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="spellings", verbose_name=_("tag"))
    folded = models.CharField(_("spelling"), max_length=MAX_KEY_LENGTH, unique=True)
    # False for the names of merged tags.
    is_own = models.BooleanField(_("current name"), default=False)

    objects = SpellingQuerySet.as_manager()

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        constraints = [
            models.UniqueConstraint(fields=["tag"], condition=Q(is_own=True), name="tag_has_one_own_spelling")
        ]

    def __str__(self) -> str:
        return self.folded


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    def leading(self, texts: Iterable[str]) -> Self:
        """Keep those of these slugs that lead to another tag. The slug of a tag does not, even if it was that of
        another one: so nothing goes in a circle."""
        slugs = [normalize(text) for text in texts if is_slug(text)]
        return self.filter(slug__in=slugs).exclude(slug__in=Tag.objects.filter(slug__in=slugs).values("slug"))

    def public(self, at: dt.datetime) -> Self:
        """Keep the slugs of tags that readers may know of at `at`."""
        return self.filter(tag__in=public_tags(at))

    def current_slugs(self, texts: Iterable[str]) -> dict[str, str]:
        """Return the current slug of the tag for each text that is a former slug."""
        slugs = {text: normalize(text) for text in texts}
        found = dict(self.leading(slugs).values_list("slug", "tag__slug")) if slugs else {}
        return {text: found[slug] for text, slug in slugs.items() if slug in found}


class FormerSlug(models.Model):
    """The slug that a tag had, or one that was merged into it. It leads to the tag, even if that is itself merged
    later."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="former_slugs", verbose_name=_("tag"))
    slug = models.CharField(_("URL"), max_length=MAX_SLUG_LENGTH, unique=True)

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        verbose_name = _("former URL")
        verbose_name_plural = _("former URLs")

    def __str__(self) -> str:
        return self.slug


def tag_key(name: str) -> str:
    """Return the key that equal names of tags share. A name of apostrophes only folds to nothing."""
    return (fold(name) or name)[:MAX_KEY_LENGTH]
