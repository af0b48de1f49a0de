"""The list of documents in the form of an item."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from postportal.staff.folded_rows import FoldedRowInline


class AttachmentInline(FoldedRowInline):
    fields = ["document", "order"]
    verbose_name = _("document at the end")
    verbose_name_plural = _("documents at the end")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("document")
