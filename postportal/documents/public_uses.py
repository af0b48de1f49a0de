"""Visibility of documents: readers may have one while something public lists it at its end or links to it in a text.

The rule is that of pictures, so that a leaflet does not show the designs of an issue before their day."""

import datetime as dt
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, DateTimeField, Exists, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncDate
from django.utils import timezone

from postportal.documents.models import Attachment, Document
from postportal.images.public_uses import is_ever_public, public_rows, timed_parents
from postportal.publishing.models import Publishable, State, pictures_visibility
from postportal.richtext.handlers import rich_text_fields
from postportal.richtext.models import TextLink


def public_documents(at: dt.datetime) -> QuerySet[Document]:
    """Return the documents that are public at `at`."""
    return Document.objects.filter(_is_used(at))


def hidden_documents(at: dt.datetime) -> QuerySet[Document]:
    """Return the documents that nothing public uses at `at`."""
    return Document.objects.exclude(_is_used(at))


def is_public(document: Document, *, at: dt.datetime) -> bool:
    return public_documents(at).filter(pk=document.pk).exists()


def was_withdrawn(document: Document, *, at: dt.datetime) -> bool:
    """Return True if readers had the document: an item that was public and is not any more lists it or links to it."""
    links = TextLink.objects.filter(path=document.get_absolute_url())
    for attachments in attachment_models():
        if _ended_rows(attachments, at).filter(document=document).exists():
            return True
    for model in _text_models():
        content_type = ContentType.objects.get_for_model(model)
        linked = links.filter(content_type=content_type).values("object_id")
        if _ended_rows(model, at).filter(pk__in=linked).exists():
            return True
    return False


def _ended_rows(model: type[Model], at: dt.datetime) -> QuerySet[Any]:
    """Return the rows that were public with the item they belong to, or themselves, and are not any more."""
    ended = Q(pk__in=[])
    for prefix, parent in timed_parents(model).items():
        is_over = Q(**{f"{prefix}expire_at__lte": at})
        if issubclass(parent, Publishable):
            is_over |= Q(**{f"{prefix}state__in": [State.WITHDRAWN, State.UNPUBLISHED]})
        was_shown = pictures_visibility(parent, timezone.localtime(at).date(), prefix=prefix)
        ended |= is_over & was_shown & Q(**{f"{prefix}publish_at__lte": at})
    return model._base_manager.filter(ended)


@cache
def attachment_models() -> list[type[Attachment]]:
    """Return the models of the lists of documents at the end of items."""
    return [model for model in apps.get_models() if issubclass(model, Attachment)]


@cache
def _text_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if rich_text_fields(model) and is_ever_public(model)]


def _is_used(at: dt.datetime) -> Q:
    # In the database: a query that is compiled once knows no day.
    day: Any = TruncDate(Value(at, DateTimeField()))
    listed = Q()
    for attachments in attachment_models():
        if is_ever_public(attachments):
            listed |= Q(Exists(public_rows(attachments, at, day).filter(document=OuterRef("pk"))))
    # References are stored as links to the URL that they lead to.
    url: Any = Concat(Value("/documents/"), Cast(OuterRef("pk"), CharField()), Value("/"))
    for model in _text_models():
        content_type = ContentType.objects.get_for_model(model)
        # Of the few texts with the link, whether each is public: the database would read all public rows otherwise.
        rows = public_rows(model, at, day).filter(pk=OuterRef("object_id"))
        links = TextLink.objects.filter(Exists(rows), path=url, content_type=content_type)
        listed |= Q(Exists(links))
    return listed
