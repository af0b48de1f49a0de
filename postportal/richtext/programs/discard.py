"""Removal of what is no part of a text: comments of reviewers, deletions that are only tracked, hidden parts."""

import re

from postportal.richtext.programs.styles import Style, Styles
from postportal.richtext.tree import Element, Node

_COMMENT_STYLE = re.compile(r"mso-element\s*:\s*comment-list|mso-special-character\s*:\s*comment", re.IGNORECASE)
_COMMENT_CLASSES = {
    *("MsoCommentReference", "MsoCommentText", "CommentStart", "CommentHighlightPipeRest", "comment-anchor"),
}
_DELETION_CLASSES = {"msoDel", "MsoDel", "TrackChangeTextDeletion", "TrackedChangeDeletion"}


def discard(nodes: list[Node], styles: Styles) -> list[Node]:
    """Return the nodes without what readers of the document would not see."""
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, Element):
            if _is_comment(node) or _is_tracked_deletion(node) or _is_hidden(node, styles.of(node)):
                continue
            node.children = discard(node.children, styles)
        kept.append(node)
    return kept


def _classes(element: Element) -> set[str]:
    return set(element.attributes.get("class", "").split())


def _is_comment(element: Element) -> bool:
    attributes = element.attributes
    return bool(
        _classes(element) & _COMMENT_CLASSES
        or _COMMENT_STYLE.search(attributes.get("style", ""))
        or attributes.get("id", "").startswith("_com_")
        or (element.tag == "a" and attributes.get("href", "").startswith("#cmnt"))
    )


def _is_tracked_deletion(element: Element) -> bool:
    is_dated = element.tag == "del" and element.attributes.keys() & {"datetime", "cite", "sdatetime"}
    return bool(is_dated or _classes(element) & _DELETION_CLASSES)


def _is_hidden(element: Element, style: Style) -> bool:
    return (
        "hidden" in element.attributes
        or style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or (style.get("visibility") == "hidden" and not element.find("img"))
    )
