"""Count of what cleaning leaves out of a text, by kind, for whoever saves or imports it.

Only what readers would have seen or used is counted: formatting such as colours and style sheets is not.
"""

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from postportal.richtext.allowed_html import REMOVED_TAGS, is_local_image

_VOID_KINDS = {"embed": "embedded", "input": "form_field", "frame": "embedded"}
_KINDS = {
    "video": "video",
    "audio": "audio",
    **dict.fromkeys(("iframe", "object"), "embedded"),
    **dict.fromkeys(("svg", "canvas"), "drawing"),
    "math": "formula",
    **dict.fromkeys(("select", "textarea", "button"), "form_field"),
    "script": "script",
    **dict.fromkeys(("title", "template", "noscript", "noembed", "noframes", "xmp"), "hidden"),
}
# Browsers read no tags inside these.
_RAW_TAGS = {"iframe", "noembed", "noframes", "noscript", "xmp", "title", "textarea"}
_LABELS: dict[str, Any] = {
    "video": ngettext_lazy("%(count)d video", "%(count)d videos", "count"),
    "audio": ngettext_lazy("%(count)d audio recording", "%(count)d audio recordings", "count"),
    "embedded": ngettext_lazy("%(count)d embedded video or page", "%(count)d embedded videos or pages", "count"),
    "foreign_picture": ngettext_lazy(
        "%(count)d picture from another site", "%(count)d pictures from other sites", "count"
    ),
    "pasted_picture": ngettext_lazy(
        "%(count)d picture that was pasted and not uploaded",
        "%(count)d pictures that were pasted and not uploaded",
        "count",
    ),
    "broken_picture": ngettext_lazy(
        "%(count)d picture without a usable URL", "%(count)d pictures without a usable URL", "count"
    ),
    "missing_picture": ngettext_lazy("%(count)d picture without a file", "%(count)d pictures without a file", "count"),
    "gallery": ngettext_lazy("%(count)d picture gallery", "%(count)d picture galleries", "count"),
    "shortcode": ngettext_lazy("%(count)d shortcode", "%(count)d shortcodes", "count"),
    "drawing": ngettext_lazy("%(count)d drawing", "%(count)d drawings", "count"),
    "formula": ngettext_lazy("%(count)d formula", "%(count)d formulas", "count"),
    "link": ngettext_lazy("%(count)d link without a usable URL", "%(count)d links without a usable URL", "count"),
    "form_field": ngettext_lazy("%(count)d form field", "%(count)d form fields", "count"),
    "script": ngettext_lazy("%(count)d script", "%(count)d scripts", "count"),
    "hidden": ngettext_lazy("%(count)d hidden passage", "%(count)d hidden passages", "count"),
}
# Texts as editors write them contain none of these, and need not be read once more.
_SUSPECT = re.compile(
    rf"<(?:{'|'.join(sorted({*_KINDS, *_VOID_KINDS, 'area'}))})\b"
    r"|<img(?![^<>]*\ssrc=\"/[^/\\\"\s][^\"\s]*\")"
    r"|href(?!=\"(?:https?://[\w.-]+(?:[/?#][^\"\s]*)?|/(?![/\\])[^\"\s]*|#[^\"\s]*|(?:mailto|tel|sms):[\w.+@-]*)\")",
    re.IGNORECASE,
)


class LeftOut(Counter[str]):
    """Number of things that were left out, by kind."""

    def plus(self, other: Self) -> Self:
        total = type(self)(self)
        total.update(other)
        return total

    def describe(self) -> str:
        """Return what was left out in words, for example “1 video, 2 pictures from other sites”."""
        return _(", ").join(self.parts())

    def parts(self) -> list[str]:
        return [str(label % {"count": self[kind]}) for kind, label in _LABELS.items() if self[kind]]

    def sentence(self) -> str:
        """Return what was left out as a sentence, and "" if nothing was."""
        return _("Left out: %(parts)s.") % {"parts": self.describe()} if self.total() else ""


def words_for_scripts() -> dict[str, Any]:
    """Return the words of `LeftOut.sentence` for the editor, which says what a paste has left out. The languages of the
    staff pages have no more than two forms."""
    labels = {kind: [str(label % {"count": count}) for count in (1, 2)] for kind, label in _LABELS.items()}
    forms = {
        kind: [one.replace("1", "%(count)d", 1), two.replace("2", "%(count)d", 1)]
        for kind, (one, two) in labels.items()
    }
    return {"labels": forms, "separator": _(", "), "sentence": _("Left out: %(parts)s.")}


def count_left_out(html: str, *, is_kept_link: Callable[[str], bool]) -> LeftOut:
    """Return what cleaning will leave out of the text."""
    if not _SUSPECT.search(html):
        return LeftOut()
    census = _Census(is_kept_link)
    census.feed(html)
    census.close()
    return census.found


class _Census(HTMLParser):
    """Counts elements that are removed, and pictures and links whose URL is not allowed."""

    def __init__(self, is_kept_link: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=True)
        self.is_kept_link = is_kept_link
        self.found = LeftOut()
        # The element that is removed with its content, and how many of its name are open.
        self.removed_tag = ""
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.removed_tag:
            self.depth += tag == self.removed_tag
            return
        if tag in REMOVED_TAGS:
            self.removed_tag, self.depth = tag, 1
        if tag in _RAW_TAGS:
            self.set_cdata_mode(tag)
        attributes = {name: (value or "").strip() for name, value in reversed(attrs)}
        kind = self._kind_of(tag, attributes)
        if kind:
            self.found[kind] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        # Only foreign elements can close themselves.
        if tag in {"svg", "math"}:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self.removed_tag:
            self.depth -= 1
            self.removed_tag = tag if self.depth else ""

    def _kind_of(self, tag: str, attributes: dict[str, str]) -> str:
        if tag == "img":
            return _picture_kind(attributes.get("src", ""))
        if tag == "area":
            return "link" if "href" in attributes else ""
        if tag == "a":
            return "link" if "href" in attributes and not self.is_kept_link(attributes["href"]) else ""
        if tag == "input" and attributes.get("type", "").lower() == "hidden":
            return ""
        return _KINDS.get(tag) or _VOID_KINDS.get(tag, "")


def _picture_kind(url: str) -> str:
    if is_local_image(url):
        return ""
    if re.match(r"(?:https?:)?[/\\]{2}", url, re.IGNORECASE):
        return "foreign_picture"
    return "pasted_picture" if re.match(r"(?:data|blob|cid|file):", url, re.IGNORECASE) else "broken_picture"
