"""Rows with a slug: made from a text if the editor leaves it blank, checked if somebody types one."""

import functools
from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, router, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from postportal.web import reserved_urls
from postportal.web.slugs import free_slug, is_numbered, make_stem

MAX_ATTEMPTS = 20
SLUG_TAKEN = _("Another item already uses this URL. Choose another.")


def save_with_free_slug(save: Callable[[], None], *, leave_taken_slug: Callable[[], bool], using: str) -> None:
    """Save a row with a slug that was free a moment ago. If another row has it by now, take another and try again.
    Raises IntegrityError if the database refuses for another reason."""
    for _attempt in range(MAX_ATTEMPTS):
        try:
            with transaction.atomic(using=using):
                return save()
        except IntegrityError:
            if not leave_taken_slug():
                raise
    return save()


class Slugged(models.Model):
    """Mixin for models with a `SlugField` (postportal/web/slug_fields.py). It comes first among the bases, so that
    `clean` and `save` of the others see the slug."""

    # Name of the field.
    slug_field: ClassVar[str] = "slug"
    # Fields besides the slug that tell rows with the same slug apart.
    slug_scope: ClassVar[tuple[str, ...]] = ()
    # In front of slugs that would be reserved and of those without a letter: issue-1990.
    slug_kind: ClassVar[str]
    # Route of the page at which the slug is the only argument; "" if nothing else can be at its URL.
    page_view: ClassVar[str] = ""
    slug_taken_message: ClassVar[str | Promise] = SLUG_TAKEN
    slug_reserved_message: ClassVar[str | Promise] = _("This URL is reserved. Choose another.")
    # The slug that was made and not typed, so that a clash is nobody's mistake.
    _made_slug: str | None = None

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Make the slug if it is blank, and refuse one that is reserved or taken with an error of its field."""
        self.set_slug()
        super().clean()
        slug = self._slug
        if slug and self.is_slug_reserved(slug):
            raise ValidationError({self.slug_field: self.slug_reserved_message})
        if slug and slug != self._made_slug and self._is_taken(slug):
            if not self._is_stored(slug):
                raise ValidationError({self.slug_field: self.slug_taken_message})
            self._number_slug()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with a slug. If somebody else takes the slug that was made at this moment, take the next number."""
        fields = kwargs.get("update_fields")
        if fields is None or self.slug_field in fields:
            self.set_slug()
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        if not self._slug or self._slug != self._made_slug:
            return super().save(*args, **kwargs)
        save = functools.partial(super().save, *args, **kwargs)
        return save_with_free_slug(save, leave_taken_slug=self.leave_taken_slug, using=using)

    @abstractmethod
    def slug_texts(self) -> Iterable[str]:
        """Return the texts to make the slug from: the first with letters counts. Without any text there is no slug."""

    def set_slug(self) -> None:
        """Make a slug that is free, if there is none and there is a text."""
        if not self._slug and (stem := self.make_slug_stem()):
            self._set_made_slug(self._free_slug(stem))

    def leave_taken_slug(self) -> bool:
        """Give the slug a number if another row has it; return True if it did."""
        is_taken = bool(self._slug) and self._is_taken(self._slug)
        if is_taken:
            self._number_slug()
        return is_taken

    def has_slug(self, stem: str) -> bool:
        """Return True if the slug is this one, or this one with a number that made it unique."""
        return is_numbered(self._slug, stem=stem, max_length=self._max_slug_length)

    def make_slug_stem(self) -> str:
        """Return the slug that the row gets if no other row has it; "" while there is no text."""
        texts = [text for text in self.slug_texts() if text.strip()]
        return make_stem(texts, kind=self.slug_kind) if texts else ""

    def is_slug_reserved(self, slug: str) -> bool:
        """Return True if something else answers at the URL."""
        return bool(self.page_view) and reserved_urls.is_url_reserved(self.page_view, **{self.slug_field: slug})

    @property
    def _slug(self) -> str:
        return str(getattr(self, self.slug_field))

    @property
    def _max_slug_length(self) -> int:
        return int(self._meta.get_field(self.slug_field).max_length or 0)  # type: ignore[union-attr]

    def _set_made_slug(self, slug: str) -> None:
        self._made_slug = slug
        setattr(self, self.slug_field, slug)

    def _number_slug(self) -> None:
        """Give the slug another number, because another row has taken it."""
        stem = self.make_slug_stem()
        if not self.has_slug(stem):
            stem = self._slug
        self._set_made_slug(self._free_slug(stem))

    def _free_slug(self, stem: str) -> str:
        return free_slug(
            self._others(),
            stem=stem,
            kind=self.slug_kind,
            max_length=self._max_slug_length,
            column=self.slug_field,
            is_reserved=self.is_slug_reserved,
        )

    def _others(self) -> Any:
        scope = {name: getattr(self, name) for name in self.slug_scope}
        return type(self)._default_manager.filter(**scope).exclude(pk=self.pk)

    def _is_taken(self, slug: str) -> bool:
        return bool(self._others().filter(**{self.slug_field: slug}).exists())

    def _is_stored(self, slug: str) -> bool:
        """Return True if the row has this slug already: then nobody typed it now, and the row has moved."""
        rows = type(self)._default_manager.filter(**{"pk": self.pk, self.slug_field: slug})
        return self.pk is not None and rows.exists()
