"""Pages of items whose documents are not public: withdrawn ones, and those that hold back what they show until a day.
The same rule as for pictures."""

from functools import cache
from typing import Any

from postportal.documents.models import Attachment
from postportal.publishing.models import Publishable
from postportal.richtext.handlers import rich_text_fields
from postportal.richtext.references import DOCUMENT, unlink_references
from postportal.web.compiled_query import CompiledQuery


def hide_documents(item: Publishable) -> None:
    """Remove the documents from a loaded item, which must not be saved afterwards. Their names in texts stay."""
    item.hides_documents = True  # type: ignore[attr-defined]
    deferred = item.get_deferred_fields()
    for name in rich_text_fields(type(item)):
        if name not in deferred:
            setattr(item, name, unlink_references(getattr(item, name), scheme=DOCUMENT))


def documents_of(item: Publishable) -> list[Attachment]:
    """Return the list of documents at the end of the page of an item."""
    if getattr(item, "hides_documents", False):
        return []
    rows: list[Attachment] = _query_of(type(item)).objects(item.pk)
    return rows


@cache
def _query_of(model: type[Publishable]) -> CompiledQuery:
    options: Any = model._meta
    relation = options.get_field("attached_documents")
    attachments, key = relation.related_model, relation.field.attname
    return CompiledQuery(lambda pk: attachments.objects.filter(**{key: pk}).for_readers(), takes=(int,))
