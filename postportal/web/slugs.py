"""Slugs: the part of a URL that names one row. They keep the letters of every script and are never empty."""

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Callable, Container, Iterable
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from postportal.text.characters import APOSTROPHES, FILLERS, INVISIBLE, VARIATION_SELECTORS

# Longest slug that is made of a text, without a number: in letters, and as it is encoded in a URL, where a Chinese
# letter is nine characters long. A whole URL must fit into the 500 characters of a redirect.
MAX_STEM_LENGTH, MAX_ENCODED_STEM_LENGTH = 80, 360
MAX_ENCODED_LENGTH = 450
# Room for the number behind a slug: up to -99999.
_NUMBER_LENGTH = 6

_APOSTROPHES = frozenset(APOSTROPHES)
# Letters and marks that nobody sees, and accents that NFC has not composed.
_DROPPED = re.compile(f"[\u0300-\u036f{INVISIBLE}{VARIATION_SELECTORS}{FILLERS}]")
# Most texts have only ASCII, where characters are of few kinds.
_WITHOUT_APOSTROPHES = dict.fromkeys(map(ord, APOSTROPHES))
_NO_WORD = re.compile(r"[^a-z0-9]+")
_LOWERCASE_WORDS = re.compile(r"[^-]+(?:-[^-]+)*\Z")


def normalize(text: str) -> str:
    """Return the text in the one form in which slugs are stored, compared and looked up (NFC)."""
    return unicodedata.normalize("NFC", text)


def is_slug(text: str) -> bool:
    """Return True if the text can stand in a URL: letters and digits of any script, hyphens and underscores."""
    return bool(text) and all(character in "-_" or _is_word(character) for character in text)


def is_page_path(text: str) -> bool:
    """Return True for the path of a page: slugs in lower case, with single hyphens, joined by slashes."""
    parts = text.split("/")
    return text == text.lower() and "_" not in text and all(is_slug(p) and _LOWERCASE_WORDS.match(p) for p in parts)


def validate_slug(text: str) -> None:
    """Raise ValidationError if an editor may not enter the text as a slug."""
    if not is_slug(text):
        raise ValidationError(_("Use letters, digits, hyphens and underscores."))
    _validate_length(text)


def validate_page_path(text: str) -> None:
    """Raise ValidationError if an editor may not enter the text as the path of a page."""
    if not is_page_path(text):
        raise ValidationError(
            _("Use lowercase letters, digits and hyphens, with / between parts, for example about/history.")
        )
    _validate_length(text)


def to_slug(text: str) -> str:
    """Return the words of the text as a slug in lower case, cut between words; "" if it has no letters or digits."""
    if text.isascii():
        return _cut(_NO_WORD.sub("-", text.lower().translate(_WITHOUT_APOSTROPHES)).strip("-"))
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    words: list[str] = []
    for character in _DROPPED.sub("", text):
        category = unicodedata.category(character)
        if character in _APOSTROPHES or category == "Cf":
            continue
        if category[0] in "LN" or (category in ("Mn", "Mc") and words and words[-1] != "-"):
            words.append(character)
        elif category[0] != "M" and words and words[-1] != "-":
            words.append("-")
    return _cut(normalize("".join(words)).strip("-"))


def make_stem(texts: Iterable[str], *, kind: str) -> str:
    """Return the slug of the first text that has letters or digits. If none has, return the kind and a hash of the
    texts, so that the same text gives the same slug."""
    texts = list(texts)
    made = next(filter(None, map(to_slug, texts)), "")
    return made or f"{kind}-{hashlib.sha256(repr(texts).encode()).hexdigest()[:8]}"


def free_slug(
    rows: "QuerySet[Model]",
    *,
    stem: str,
    kind: str,
    max_length: int,
    column: str = "slug",
    is_reserved: Callable[[str], bool] = lambda slug: False,
) -> str:
    """Return the stem, or the stem with a number if one of the rows has it already. A reserved stem gets the kind in
    front."""
    if is_reserved(stem):
        stem = f"{kind}-{stem}"
    if len(stem) <= max_length and not rows.filter(**{column: stem}).exists():
        return stem
    beginning = f"{stem}-" if len(stem) <= max_length - _NUMBER_LENGTH else stem[: max_length - _NUMBER_LENGTH]
    taken = set(rows.filter(**{f"{column}__startswith": beginning}).values_list(column, flat=True))
    return first_free_number(stem, taken={stem, *taken}, max_length=max_length)


def first_free_number(stem: str, *, taken: Container[str], max_length: int) -> str:
    """Return the stem with the first number from 2 on that is not taken, shortened to fit."""
    candidates = (_with_number(stem, number, max_length=max_length) for number in itertools.count(2))
    return next(candidate for candidate in candidates if candidate not in taken)


def is_numbered(slug: str, *, stem: str, max_length: int) -> bool:
    """Return True if the slug is the stem, or the stem with a number that made it unique, shortened to fit."""
    number = re.search(r"-([0-9]+)\Z", slug)
    return slug == stem or (number is not None and slug == _with_number(stem, int(number[1]), max_length=max_length))


def _validate_length(text: str) -> None:
    if len(quote(text)) > MAX_ENCODED_LENGTH:
        raise ValidationError(_("This URL is too long. Shorten it."))


def _is_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LN" or category in ("Mn", "Mc")


def _cut(slug: str) -> str:
    """Cut the slug between two words, or inside a long word or a script without spaces."""
    limit = MAX_STEM_LENGTH
    if not slug.isascii():
        sizes = itertools.accumulate(len(quote(character)) for character in slug)
        limit = min(limit, sum(size <= MAX_ENCODED_STEM_LENGTH for size in sizes))
    if len(slug) <= limit:
        return slug
    words = slug[: limit + 1].rpartition("-")[0]
    return (words if len(words) >= limit // 2 else slug[:limit]).strip("-")


def _with_number(stem: str, number: int, *, max_length: int) -> str:
    suffix = f"-{number}"
    return f"{stem[: max_length - len(suffix)].rstrip('-')}{suffix}"
