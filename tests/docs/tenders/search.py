from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from postportal.search.documents import Document
from postportal.search.kinds import SearchKind, register_kind
from tests.docs.tenders.models import Tender


@register_kind
class TenderSearchKind(SearchKind):
    name, label, label_singular, order = "tender", _("Tenders"), _("Tender"), 55
    model = Tender

    def documents(self, pks: Collection[int]) -> Iterator[Document]:
        for row in Tender.objects.filter(pk__in=pks):
            yield Document(
                key=self.key(row.pk),
                titles=(row.title,),
                texts=(row.standfirst, row.body_text),
                language=row.language,
                date=row.closes_on,
            )

    def columns(self) -> dict[str, Any]:
        return {
            "title": F("title"),
            "lead": F("standfirst"),
            "body": F("body_text"),
            "slug": F("slug"),
            "language": F("language"),
            "date": F("closes_on"),
            "published": F("publish_at"),
        }

    def url(self, row: dict[str, Any]) -> str:
        with translation.override(row["language"]):
            return reverse("tenders:tender", args=[row["slug"]])
