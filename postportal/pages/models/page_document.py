from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.documents.models import Attachment
from postportal.pages.models.page import Page


class PageDocument(Attachment):
    """A document at the end of a page."""

    page = models.ForeignKey(
        Page, models.CASCADE, related_name="attached_documents", verbose_name=_("page"), db_index=False
    )

    class Meta(Attachment.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["page", "document"],
                name="page_document_once",
                violation_error_message=_("This document is already in the list."),
            )
        ]
