from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.documents.models import Attachment
from services.models.stamp_issue import StampIssue


class IssueDocument(Attachment):
    """A document at the end of a stamp issue."""

    issue = models.ForeignKey(
        StampIssue, models.CASCADE, related_name="attached_documents", verbose_name=_("stamp issue"), db_index=False
    )

    class Meta(Attachment.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "document"],
                name="issue_document_once",
                violation_error_message=_("This document is already in the list."),
            )
        ]
