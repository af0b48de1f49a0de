"""Parsing of one article in an import file."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import timezone

from news.imports.field_reader import FieldReader, OldUrl
from news.imports.jsonl import BadLineError
from news.imports.line_state import LineState, read_state
from news.models import Article, Mention, Section, Source
from postportal.images.models import Image
from postportal.tags.models import MAX_TAG_LENGTH

_MAX_BODY_LENGTH = 5_000_000
_MAX_PATH_LENGTH = 1000
# More than any article needs: a page or feed with thousands of tags is of no use to anybody.
MAX_TAGS = 50
MAX_NAMES = 200
MAX_OLD_URLS = 50
MAX_GALLERY = 100
# docs/import.md explains each of them.
KNOWN_KEYS = (
    *("external_id", "title", "published", "updated", "state", "status", "visibility", "password"),
    *("standfirst", "body", "section", "source", "credit", "location", "language", "translation_of"),
    *("tags", "people", "organizations", "slug", "old_url", "image", "alt", "caption"),
    "gallery",
)
PICTURE_KEYS = ("file", "alt", "caption", "credit")
_MAX_SHOWN_KEYS = 5


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of a line. `path` is relative to the folder of the file, or blank for no picture."""

    path: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """The values of one line. None means that the key is missing: an existing article keeps its value."""

    number: int
    external_id: str
    title: str
    publish_at: dt.datetime | None
    dateline_on: dt.date | None
    updated_at: dt.datetime | None = None
    state: LineState | None = None
    standfirst: str | None = None
    body: str | None = None
    section: str | None = None
    source: str | None = None
    credit: str | None = None
    location: str | None = None
    language: str | None = None
    translation_of: str | None = None
    tags: tuple[str, ...] | None = None
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    slug: str | None = None
    old_urls: tuple[OldUrl, ...] = ()
    picture: PictureFile | None = None
    # Shown after the body, which is therefore part of the same line.
    gallery: tuple[PictureFile, ...] = ()
    unknown_keys: tuple[str, ...] = ()


def read_article(
    data: dict[str, Any], *, number: int, at: dt.datetime | None = None, ignore_unknown: bool = False
) -> ArticleLine:
    """Return the article of line `number`, read at the time `at`. Raises BadLineError with all reasons. With
    `ignore_unknown`, unknown keys are not among them."""
    reader, at = FieldReader(data), at or timezone.now()
    unknown_keys = _unknown_keys(data, KNOWN_KEYS)
    if unknown_keys and not ignore_unknown:
        reader.problems.append(_unknown_keys_problem(unknown_keys))
    state = read_state(data, problems=reader.problems)
    needs_date = state is not LineState.DRAFT or data.get("published") not in (None, "")
    publish_at = reader.read_moment("published") if needs_date else None
    line = ArticleLine(
        number=number,
        state=state,
        publish_at=publish_at,
        dateline_on=_local_day(publish_at) if publish_at else None,
        updated_at=_read_updated(reader, at),
        external_id=reader.read_required("external_id", max_length=_max_length(Article, "external_id")),
        title=reader.read_required("title", max_length=_max_length(Article, "title")),
        standfirst=reader.read_prose("standfirst", max_length=_max_length(Article, "standfirst")),
        body=reader.read_text("body", max_length=_MAX_BODY_LENGTH),
        section=reader.read_line("section", max_length=_max_length(Section, "name")),
        source=reader.read_line("source", max_length=_max_length(Source, "name")),
        credit=reader.read_line("credit", max_length=_max_length(Article, "credit")),
        location=reader.read_line("location", max_length=_max_length(Article, "location")),
        language=reader.read_language("language"),
        translation_of=reader.read_line("translation_of", max_length=_max_length(Article, "external_id")),
        tags=reader.read_names("tags", max_length=MAX_TAG_LENGTH, max_count=MAX_TAGS),
        people=_read_mentions(reader, "people"),
        organizations=_read_mentions(reader, "organizations"),
        slug=reader.read_slug("slug"),
        old_urls=reader.read_old_urls("old_url", max_count=MAX_OLD_URLS),
        picture=_read_lead_picture(reader),
        gallery=_read_gallery(reader),
        unknown_keys=unknown_keys,
    )
    if reader.problems:
        raise BadLineError("; ".join(reader.problems))
    return line


def _unknown_keys(data: Collection[str], known: Collection[str]) -> tuple[str, ...]:
    """Return the unknown keys in a form that can be printed."""
    return tuple("".join(sign for sign in key if sign.isprintable())[:40] for key in data if key not in known)


def _unknown_keys_problem(keys: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{key}”" for key in keys[:_MAX_SHOWN_KEYS])
    return f"unknown keys: {shown}{' …' if len(keys) > _MAX_SHOWN_KEYS else ''}"


def _read_mentions(reader: FieldReader, key: str) -> tuple[str, ...]:
    return reader.read_names(key, max_length=_max_length(Mention, "label"), max_count=MAX_NAMES) or ()


def _read_updated(reader: FieldReader, at: dt.datetime) -> dt.datetime | None:
    """Return the time of the last update, which readers see: not in the future."""
    if reader.data.get("updated") in (None, ""):
        return None
    moment = reader.read_moment("updated")
    if moment is not None and moment > at:
        reader.problems.append("updated: in the future")
        return None
    return moment


def _read_lead_picture(reader: FieldReader) -> PictureFile | None:
    """Return the lead picture. Its alternative text and caption may also be keys of the line."""
    if "image" not in reader.data:
        alone = [key for key in ("alt", "caption") if reader.data.get(key) not in (None, "")]
        reader.problems += [f"{key}: there is no image" for key in alone]
        return None
    value = reader.data["image"]
    texts = value if isinstance(value, dict) else {"file": value}
    texts |= {key: reader.data[key] for key in ("alt", "caption") if key in reader.data and key not in texts}
    return _read_picture(reader, texts, place="image")


def _read_gallery(reader: FieldReader) -> tuple[PictureFile, ...]:
    """Return the pictures after the text, in their order."""
    values = reader.data.get("gallery")
    if values in (None, "", []):
        return ()
    if not isinstance(values, list) or len(values) > MAX_GALLERY:
        problem = f"more than {MAX_GALLERY} pictures" if isinstance(values, list) else "not a list"
        reader.problems.append(f"gallery: {problem}")
        return ()
    if "body" not in reader.data:
        # The text that stays has the pictures of the last import already.
        reader.problems.append("gallery: there is no body, at the end of which the pictures are shown")
    pictures = [
        _read_picture(reader, value if isinstance(value, dict) else {"file": value}, place=f"gallery: picture {number}")
        for number, value in enumerate(values, 1)
    ]
    missing = [f"gallery: picture {number}: no file" for number, each in enumerate(pictures, 1) if not each.path]
    reader.problems += missing
    return tuple(pictures)


def _read_picture(reader: FieldReader, texts: dict[str, Any], *, place: str) -> PictureFile:
    """Return the picture of an object with the keys file, alt, caption and credit."""
    unknown = _unknown_keys(texts, PICTURE_KEYS)
    inner = FieldReader(texts)
    picture = PictureFile(
        path=inner.read_line("file", max_length=_MAX_PATH_LENGTH) or "",
        **{key: inner.read_line(key, max_length=_max_length(Image, key)) or "" for key in PICTURE_KEYS[1:]},
    )
    reader.problems += [f"{place}: {problem}" for problem in inner.problems]
    reader.problems += [f"{place}: unknown key “{key}”" for key in unknown]
    return picture


def _local_day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


@cache
def _max_length(model: Any, field: str) -> int:
    return int(model._meta.get_field(field).max_length)
