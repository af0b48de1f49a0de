"""Pages of items whose pictures are not public: withdrawn ones, and those that hold their pictures back until a day."""

from typing import Any

from django.db.models import ForeignKey, Model

from postportal.images.models import Image
from postportal.publishing.models import Publishable
from postportal.richtext.galleries import is_gallery
from postportal.richtext.handlers import rich_text_fields
from postportal.richtext.tree import Element, Node, parse_html, to_html


def hide_pictures(item: Publishable) -> None:
    """Remove the pictures from a loaded item and from its loaded child rows, which must not be saved afterwards."""
    loaded: dict[str, Any] = getattr(item, "_prefetched_objects_cache", {})
    for row in [item, *(child for name in item.child_relations for child in loaded.get(name, ()))]:
        _hide_pictures(row)


def _hide_pictures(row: Model) -> None:
    deferred = row.get_deferred_fields()
    for field in row._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model is Image:
            setattr(row, field.name, None)
    for name in rich_text_fields(type(row)):
        if name not in deferred:
            setattr(row, name, without_pictures(getattr(row, name)))


def without_pictures(html: str) -> str:
    """Return sanitized HTML without its pictures and their captions."""
    return to_html(_without_pictures(parse_html(html))) if "<img" in html else html


def _without_pictures(nodes: list[Node]) -> list[Any]:
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, Element):
            if node.tag == "img" or is_gallery(node) or (node.tag == "figure" and node.find("img")):
                continue
            node.children = _without_pictures(node.children)
        kept.append(node)
    return kept
