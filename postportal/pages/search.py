"""Search kind of pages."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from postportal.pages.models import Page
from postportal.search.documents import Document
from postportal.search.kinds import SearchKind, register_kind


@register_kind
class PageSearchKind(SearchKind):
    name, label, label_singular, order = "page", _("Pages"), _("Page"), 60
    model = Page
    is_known_by_name = True

    def documents(self, pks: Collection[int]) -> Iterator[Document]:
        for row in Page.objects.filter(pk__in=pks):
            yield Document(
                key=self.key(row.pk),
                titles=(row.title,),
                texts=(row.standfirst, row.body_text),
                language=row.language,
            )

    def columns(self) -> dict[str, Any]:
        return {
            "title": F("title"),
            "lead": F("standfirst"),
            "body": F("body_text"),
            "slug": F("path"),
            "language": F("language"),
            "published": F("publish_at"),
        }

    def url(self, row: dict[str, Any]) -> str:
        with translation.override(row["language"]):
            return reverse("pages:page", args=[row["slug"]])
