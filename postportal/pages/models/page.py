from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import PubliclyTimedQuerySet, Publishable
from postportal.richtext.fields import RichTextField
from postportal.richtext.plain_text import plain_text
from postportal.text.fields import FoldedField, LineField, LinesField
from postportal.web.kept_urls import kept_url
from postportal.web.languages import Translated
from postportal.web.reserved_urls import is_path_reserved
from postportal.web.slug_fields import SlugField
from postportal.web.slugged import Slugged
from postportal.web.slugs import is_page_path

_PATH_TAKEN = _("Another page in this language already uses this URL.")


class PageQuerySet(PubliclyTimedQuerySet):
    def for_lists(self) -> "PageQuerySet":
        return self.only("path", "title", "standfirst", "language", "translation_of").order_by("title")


class Page(Slugged, Publishable, Translated):
    """A page that is not news, such as “About us” or “Terms of use”."""

    not_copied = ("path", "translation_of")
    child_relations = ("attached_documents",)
    slug_field = "path"
    slug_scope = ("language",)
    slug_kind = "page"
    page_view = "pages:page"
    slug_taken_message = _PATH_TAKEN

    path = SlugField(
        _("URL"),
        is_path=True,
        help_text=_(
            "The part after the domain: “about” creates the page /about/. Leave blank to create it from the title."
        ),
    )
    title = LineField(_("title"), max_length=200)
    folded_title = FoldedField(of="title", db_index=False)
    standfirst = LinesField(_("standfirst"), max_length=500, blank=True)
    body = RichTextField(_("body"), blank=True)
    body_text = models.TextField(editable=False, blank=True)

    objects = PageQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        permissions = [
            ("publish_page", _("Can review, publish and schedule pages")),
            ("control_page", _("Can withdraw pages, publish them without review and lift embargoes")),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["language", "path"],
                name="page_address_unique",
                violation_error_message=_PATH_TAKEN,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return kept_url("pages:page", self.path, language=self.language)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.body_text = plain_text(self.body)
        super().save(*args, **kwargs)

    def fill_placeholders(self) -> None:
        self.title = self.title or str(_("(no title yet)"))
        if not is_page_path(self.path) or self.is_slug_reserved(self.path):
            self.path = ""

    def slug_texts(self) -> list[str]:
        return [self.title]

    def is_slug_reserved(self, slug: str) -> bool:
        return is_page_path(slug) and is_path_reserved(self.page_view, path=slug)
