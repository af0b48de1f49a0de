"""Search kind of documents."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from postportal.documents.models import Document as DocumentRow
from postportal.documents.public_uses import hidden_documents, public_documents
from postportal.search.documents import Document
from postportal.search.kinds import Hit, SearchKind, register_kind
from postportal.web.languages import localized_column


@register_kind
class DocumentSearchKind(SearchKind):
    name, label, label_singular, order = "document", _("Documents"), _("Document"), 55
    model = DocumentRow
    # The words of reports say little about how common a word is in news.
    has_word_statistics = False
    words = ("document", "pdf", "download", "form", "文件", "文档", "下载")

    def documents(self, pks: Collection[int]) -> Iterator[Document]:
        for row in DocumentRow.objects.filter(pk__in=pks):
            yield Document(
                key=self.key(row.pk),
                titles=tuple(filter(None, (row.title, row.title_zh))),
                texts=(row.text, row.transcript),
                language=row.language,
            )

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return public_documents(at)

    def hidden(self, at: dt.datetime) -> Sequence[QuerySet[Any]]:
        return [hidden_documents(at)]

    def columns(self) -> dict[str, Any]:
        return {
            "title": localized_column("title"),
            "body": F("text"),
            "slug": Cast(F("pk"), TextField()),
            "language": F("language"),
            "published": F("uploaded_at"),
        }

    def url(self, row: dict[str, Any]) -> str:
        return f"/documents/{row['slug']}/"

    def enrich(self, hits: Sequence[Hit], *, terms: Collection[str], at: dt.datetime) -> None:
        """Add type and size of each document."""
        by_pk = {hit.pk: hit for hit in hits}
        for row in DocumentRow.objects.filter(pk__in=by_pk).defer("text"):
            by_pk[row.pk].notes.append(row.type_and_size)
