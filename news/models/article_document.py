from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.article import Article
from postportal.documents.models import Attachment


class ArticleDocument(Attachment):
    """A document at the end of an article."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="attached_documents", verbose_name=_("article"), db_index=False
    )

    class Meta(Attachment.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["article", "document"],
                name="article_document_once",
                violation_error_message=_("This document is already in the list."),
            )
        ]
