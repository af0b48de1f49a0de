"""A page without the white space that only lays out its templates."""

import re

# What keeps its white space, and what is not HTML.
_KEPT = re.compile(r"(<(textarea|pre|script)\b.*?</\2>)", re.DOTALL)
_BLOCK = (
    "html|head|body|meta|link|title|base|header|footer|main|nav|section|article|aside|div|p|h[1-6]|ul|ol|li|dl|dt|dd"
    "|table|caption|thead|tbody|tr|th|td|form|fieldset|legend|figure|figcaption|details|summary|address|br|picture|img"
    "|option|optgroup|select|label|input|button|svg|defs|path|g|circle|rect|text"
)
_TAG = re.compile(r"<\w(?:[^<>\"]|\"[^\"]*\")*>")
_INVISIBLE = [
    re.compile(rf"\s*\n\s*(?=</?(?:{_BLOCK})\b)"),
    re.compile(rf"(</?(?:{_BLOCK})\b(?:[^<>\"]|\"[^\"]*\")*>)\s*\n\s*"),
    # At the ends of an element that is part of a line.
    re.compile(r"\s*\n\s*(?=</)"),
    re.compile(r"(<\w(?:[^<>\"]|\"[^\"]*\")*>)\s*\n\s*"),
]


def folded(html: str) -> str:
    """Return the HTML as if its templates had line breaks only where words are apart."""
    parts = _KEPT.split(html)
    del parts[2::3]
    for number in range(0, len(parts), 2):
        parts[number] = _TAG.sub(lambda tag: re.sub(r"\s*\n\s*", " ", tag[0]).replace(" >", ">"), parts[number])
        for pattern in _INVISIBLE:
            parts[number] = pattern.sub(r"\1" if pattern.groups else "", parts[number])
        parts[number] = re.sub(r"\s*\n\s*", " ", parts[number])
    return "".join(parts)
