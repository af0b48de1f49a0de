"""The HTML of Word, WPS, LibreOffice, Google Docs and mail programs that reaches the server as it was copied.

In a browser, the editor rewrites what is pasted (static/portal/admin/paste). Without its script, and in an import, the
same is done here before the text is sanitized.
"""

import re

import nh3

from postportal.richtext.allowed_html import ALLOWED_TAGS, REMOVED_TAGS, REPLACED_TAGS, SEPARATOR_TAGS
from postportal.richtext.programs.blocks import write_blocks
from postportal.richtext.programs.discard import discard
from postportal.richtext.programs.languages import language_of_document
from postportal.richtext.programs.lists import build_lists
from postportal.richtext.programs.notes import build_notes
from postportal.richtext.programs.styles import read_sheets
from postportal.richtext.raw_tags import limit_nesting, remove_unknown_tags
from postportal.richtext.replacements import RUBY_TAGS
from postportal.richtext.tree import Element, parse_html, to_html

# Looked for first: a search for each costs next to nothing.
_WORDS = (
    *("mso-", "Mso", "StartFragment", "docs-internal-guid", "urn:schemas-microsoft", "SCXW", "ListContainerWrapper"),
    *("elementToProof", "LibreOffice", "OpenOffice", "sdfootnote", "safelinks.", "Word.Document", "Excel.Sheet"),
)
# In tags and comments only: a text may be about Word. Stored texts have none of them.
_MARKS = re.compile(
    r"<[a-z!][^<>]*?"
    r"(?:\bmso-|=[\"']?(?:x_)?Mso|StartFragment|docs-internal-guid|urn:schemas-microsoft|"
    r"\bSCXW|\bListContainerWrapper|\belementToProof|(?:content=|=[\"'])(?:Libre|Open)Office|[\"' ]sdfootnote|"
    r"safelinks\.protection\.|=[\"']?(?:Word\.Document|Excel\.Sheet))"
)
_ATTRIBUTES = {
    *("style", "class", "id", "name", "lang", "dir", "hidden", "role", "aria-level", "title", "href", "cite"),
    *("datetime", "sdatetime", "align", "alt", "src", "srcset", "sizes", "width", "height", "colspan", "rowspan"),
    *("scope", "start", "type", "reversed", "value", "tabindex", "aria-label", "loading", "decoding"),
}
_STYLED_TAGS = {"font", "u", "big", "small", "nobr", "mark", "dfn", "var", "time", "bdi", "bdo"}
_reader = nh3.Cleaner(
    tags=ALLOWED_TAGS | set(REPLACED_TAGS) | SEPARATOR_TAGS | RUBY_TAGS | _STYLED_TAGS,
    clean_content_tags=REMOVED_TAGS,
    attributes={"*": _ATTRIBUTES},
    generic_attribute_prefixes={"data-aria-"},
    url_schemes={"http", "https", "mailto", "tel", "sms"},
    link_rel=None,
)


def carries_marks(html: str) -> bool:
    """Return True if the HTML comes from such a program."""
    return any(word in html for word in _WORDS) and _MARKS.search(html) is not None


def rewrite(html: str) -> str:
    """Return the text as it would be if it had been pasted into the editor. It is not sanitized yet."""
    without_data, _ = _cut(html, "xml")
    source, sheets = _cut(without_data, "style")
    styles = read_sheets("\n".join(sheets))
    root = Element("", {}, parse_html(_reader.clean(limit_nesting(remove_unknown_tags(source)))))
    root.children = build_lists(discard(root.children, styles), styles)
    build_notes(root)
    return to_html(write_blocks(root, styles, language=language_of_document(html)))


def _cut(html: str, tag: str) -> tuple[str, list[str]]:
    """Return the HTML without the elements of this name, and what they contain. Takes linear time for open ones too."""
    lowered = html.lower() if html.isascii() else re.sub("[A-Z]", lambda letter: letter[0].lower(), html)
    kept, found, position = [], [], 0
    while (start := lowered.find(f"<{tag}", position)) >= 0:
        inside, end = lowered.find(">", start), lowered.find(f"</{tag}", start)
        close = lowered.find(">", end)
        if inside < 0 or end < inside or close < 0:
            break
        kept.append(html[position:start])
        found.append(html[inside + 1 : end])
        position = close + 1
    return "".join([*kept, html[position:]]), found
