"""Links in the HTML of other programs: the page behind a tracker, without the parameters that tell who clicked."""

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

from postportal.richtext.allowed_html import ANCHOR
from postportal.richtext.references import is_reference

_SAFE = re.compile(r"(?:https?://[^\s/]|mailto:|tel:|sms:)\S*", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|igshid|mc_[ce]id|_hsenc|_hsmi|mkt_tok)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_MAX_WRAPPERS = 4
# Hosts whose links only lead on, with the parameter that says where to.
_WRAPPERS = tuple(
    (re.compile(host), re.compile(path), names)
    for host, path, names in (
        (r"(?:^|\.)google\.[a-z.]{2,6}$", r"^/url$", ("q", "url")),
        (r"\.safelinks\.protection\.(?:outlook|office365)\.com$|safelinks\.protection\.outlook\.", r".", ("url",)),
        (r"^statics\.teams\.cdn\.office\.net$", r"safelinks", ("url",)),
        (r"^lm?\.(?:facebook|instagram)\.com$", r".", ("u",)),
        (r"^link\.zhihu\.com$|^link\.juejin\.cn$|^link\.csdn\.net$", r".", ("target",)),
        (r"^(?:www\.)?linkedin\.com$", r"^/(?:safety|redir)", ("url",)),
        (r"^slack-redir\.net$", r".", ("url",)),
        (r"^weixin110\.qq\.com$|^c\.pc\.qq\.com$", r".", ("pfurl", "url")),
    )
)
_URL_DEFENSE = re.compile(r"https://urldefense\.(?:proofpoint\.)?com/v3/__(.+?)__;")


def clean_link(href: str) -> str:
    """Return the URL to keep, or "" if the link only had a meaning in the other program."""
    found = re.sub(r"[\t\r\n]", "", href).strip()
    if found.startswith("#"):
        return found if ANCHOR.fullmatch(found[1:]) else ""
    for _turn in range(_MAX_WRAPPERS):
        inner = _target(found)
        if not inner:
            break
        found = inner.strip()
    if is_reference(found) or re.fullmatch(r"/(?![/\\])\S*", found):
        return found
    found = found.replace(" ", "%20")
    if not _SAFE.fullmatch(found):
        return ""
    return _without_tracking(found) if re.match(r"https?:", found, re.IGNORECASE) else found


def _parse(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _target(url: str) -> str:
    if defended := _URL_DEFENSE.match(url):
        return defended[1]
    parts = _parse(url)
    if not parts or parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return ""
    for host, path, names in _WRAPPERS:
        if host.search(parts.hostname) and path.search(parts.path or "/"):
            query = parse_qs(parts.query)
            values = [query[name][0] for name in names if name in query]
            return next((value for value in values if re.match(r"https?:|mailto:", value, re.IGNORECASE)), "")
    return ""


def _without_tracking(href: str) -> str:
    """Return the URL without the parameters. The rest stays as it is: written anew, it may have other escapes."""
    match = _PARTS.fullmatch(href)
    page, query, fragment = (match[1], match[2] or "", match[3] or "") if match else (href, "", "")
    kept = [pair for pair in query[1:].split("&") if pair and not _TRACKING.fullmatch(pair.split("=")[0])]
    is_marked = fragment.startswith("#:~:text=")
    return f"{page}{'?' + '&'.join(kept) if kept else ''}{'' if is_marked else fragment}"
