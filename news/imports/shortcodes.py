"""Shortcodes: WordPress's commands in square brackets, turned into what they mean or counted as left out."""

import re
from collections import Counter
from collections.abc import Callable
from html import escape, unescape

# Those of WordPress itself and of its most common plug-ins. Others are recognised by their attributes or end tags.
_NAMES = {
    *("gallery", "caption", "wp_caption", "audio", "video", "playlist", "embed", "sourcecode", "contact-form"),
    *("contact-form-7", "wpforms", "gravityform", "youtube", "vimeo", "slideshow", "toc", "recent-posts", "tweet"),
    *("twitter", "instagram", "googlemaps"),
}
# No part may contain an opening bracket, so that a text full of them takes no longer than any other.
_CODE = re.compile(
    r"(?P<escaped>\[)?\[(?P<close>/)?(?P<name>[A-Za-z][\w-]{0,60})"
    r"(?P<attributes>(?:\s+[^\s\[\]=\"'/]+(?:\s*=\s*(?:\"[^\"\[\]]*\"|'[^'\[\]]*'|[^\s\[\]\"']+))?)*)"
    r"\s*/?\](?(escaped)\])"
)
_PAIRED = re.compile(r"\[(?P<close>/)?(?P<name>caption|wp_caption|embed)\b(?P<attributes>[^\[\]]*)\]", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")
_CAPTION_PICTURE = re.compile(r"\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"'\[\]]+")
# What a shortcode is counted as, in the words of postportal/richtext/left_out.py.
_KINDS = {"gallery": "gallery", "playlist": "audio", "audio": "audio", "video": "video"}


def replace_shortcodes(text: str) -> tuple[str, Counter[str]]:
    """Return the HTML without shortcodes, and how many were left out of each kind. Their content stays."""
    left_out: Counter[str] = Counter()
    if "[" not in text:
        return text, left_out
    text = _replace_pairs(text)
    return _CODE.sub(_remover(text, left_out), text), left_out


def strip_shortcodes(text: str) -> str:
    """Return a line of text without shortcodes."""
    return _CODE.sub(_remover(text, Counter()), text)


def _replace_pairs(text: str) -> str:
    """Replace captions and embedded URLs, each from its start tag to the next end tag."""
    pieces: list[str] = []
    done = 0
    opened: re.Match[str] | None = None
    for code in _PAIRED.finditer(text):
        if not code["close"]:
            opened = code
        elif opened and opened["name"].lower() == code["name"].lower():
            content = text[opened.end() : code.start()]
            is_embed = code["name"].lower() == "embed"
            pieces += [text[done : opened.start()], _link(content) if is_embed else _figure(opened, content)]
            done, opened = code.end(), None
    return "".join([*pieces, text[done:]])


def _figure(opened: re.Match[str], content: str) -> str:
    picture = _CAPTION_PICTURE.match(content)
    if not picture:
        return content
    caption = content[picture.end() :].strip() or escape(_read_attributes(opened["attributes"]).get("caption", ""))
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{picture[1]}{words}</figure>"


def _link(content: str) -> str:
    url = unescape(content.strip())
    return f'<p><a href="{escape(url)}">{escape(url)}</a></p>' if _URL.fullmatch(url) else content


def _remover(text: str, left_out: Counter[str]) -> Callable[[re.Match[str]], str]:
    closed = {name.lower() for name in re.findall(r"\[/([A-Za-z][\w-]*)\]", text)}

    def remove(match: re.Match[str]) -> str:
        name = match["name"].lower()
        if match["escaped"]:
            return match[0][1:-1]
        has_values = _ATTRIBUTE.search(match["attributes"]) is not None
        if not (name in _NAMES or name in closed or has_values or "_" in name):
            return match[0]
        if not match["close"] and name not in {"caption", "wp_caption", "embed"}:
            left_out[_KINDS.get(name, "shortcode")] += 1
        return ""

    return remove


def _read_attributes(text: str) -> dict[str, str]:
    return {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(text)}
