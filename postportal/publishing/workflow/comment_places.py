"""Places in a text that comments are about: a quotation and what stands beside it.

A text moves with every save, so that a position would soon be another. The words are looked for instead; if they occur
more than once, those in the most similar surroundings are meant. White space and formatting do not count."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db import models
from django.utils.html import strip_tags

from postportal.publishing.models import Comment, Publishable
from postportal.publishing.models.comment import MAX_CONTEXT_LENGTH
from postportal.publishing.versions.revisions import open_edition

# Fields of plain text that comments can be about, besides all rich texts.
PLAIN_FIELDS = ("title", "standfirst")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Place:
    """The columns of a comment that say what it is about."""

    field: str = ""
    quote: str = ""
    before: str = ""
    after: str = ""


def texts_of(item: Publishable) -> dict[str, str]:
    """Return the texts of the item as editors see them, by field."""
    edition = open_edition(item)
    unpublished = edition.content["fields"] if edition and edition.content else {}
    return {
        field.name: str(unpublished.get(field.name, getattr(item, field.name)) or "")
        for field in item._meta.concrete_fields
        if _has_places(field)
    }


def _has_places(field: models.Field) -> bool:
    return field.name in PLAIN_FIELDS or bool(getattr(field, "is_rich_text", False))


def locate(place: Place, texts: dict[str, str]) -> Place:
    """Return the place with its field and surroundings, as far as they can be found and are not known."""
    if not place.quote or place.before or place.after:
        return place if place.field in texts or not place.field else Place(quote=place.quote)
    fields = [place.field] if place.field in texts else texts
    for field in fields:
        text = squash(texts[field])
        start = find(text, place)
        if start is not None:
            end = start + len(squash(place.quote))
            before, after = text[max(0, start - MAX_CONTEXT_LENGTH) : start], text[end : end + MAX_CONTEXT_LENGTH]
            return Place(field, place.quote, before, after)
    return Place(quote=place.quote)


def is_lost(comment: Comment, texts: dict[str, str]) -> bool:
    """Return True if the words that the comment is about are no longer in the text."""
    place = Place(comment.field, comment.quote, comment.before, comment.after)
    return bool(comment.quote) and find(squash(texts.get(comment.field, "")), place) is None


def find(text: str, place: Place) -> int | None:
    """Return where the words of the place begin in a squashed text, None if they are not in it."""
    words, before, after = squash(place.quote), squash(place.before), squash(place.after)
    starts = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)] if words else []

    def likeness(start: int) -> int:
        end = start + len(words)
        return _common(reversed(text[:start]), reversed(before)) + _common(text[end : end + len(after)], after)

    return max(starts, key=likeness) if starts else None


def squash(text: str) -> str:
    """Return the text without markup and white space."""
    return _SPACE.sub("", unescape(strip_tags(text)))


def _common(one: Any, other: Any) -> int:
    """Return how many characters at the beginning are equal."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
