"""The frame of all pages: menus, hotlines and notice, and the parts of templates that show nothing else.

One query reads all of it except the site settings and the items to which menus refer. What it finds is the version of
the frame: a process makes a frame from it once, and draws the header and the footer once. So nothing has to be told of
a change, and a frame is right to the second, also when a notice ends or the first article of a section becomes public.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import CharField, Exists, F, FilteredRelation, IntegerField, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import Resolver404, get_script_prefix, resolve, translate_url
from django.utils import timezone
from django.utils.translation import get_language, override

from news.listings import sections_without_articles
from postportal.page_cache.recording import by_value
from postportal.pages.models import MenuItem, ServiceNotice, SiteSettings
from postportal.richtext.references import (
    HOTLINE,
    find_references,
    is_reference,
    reference_key,
    reference_to,
    split_reference,
)
from postportal.web.compiled_query import CompiledQuery
from services.models import Hotline, HotlineNumber
from services.models.hotline_number import valid_on

# A few for each language: one for each state of the frame while editors change it.
MAX_FRAMES = 8
# For each frame. Links to 30 years take 20 KB: together the frames of a process take at most 100 MB.
MAX_FRAGMENTS = 500


class MenuLink(NamedTuple):
    """A link of a menu. `part` is the part of the site that it leads to."""

    label: str
    url: str
    part: str


class Frame:
    """Menus, hotlines and notice of these rows in the active language. `fragments` keeps what templates draw from
    nothing else."""

    def __init__(self, rows: Sequence["_Row"], *, year: int) -> None:
        self.home = _translate_menu_url("/")
        numbers = {each.pk: each.main_number for each in _make_hotlines(row for row in rows if row.kind == "number")}
        targets = {row.texts[0]: row.texts[1] for row in rows if row.kind == "target"}
        empty_sections = {row.texts[0] for row in rows if row.kind == "empty"}
        self.menus: dict[str, list[MenuLink]] = {place.replace("-", "_"): [] for place in MenuItem.Place.values}
        for row in rows:
            if row.kind == "menu":
                item = MenuItem(**row.fields(_MENU_TEXTS))
                link = self._menu_link(item, year=year, numbers=numbers, targets=targets)
                if link is not None and _section_slug(link.url) not in empty_sections:
                    self.menus[item.place.replace("-", "_")].append(link)
        self.hotlines = _make_hotlines(row for row in rows if row.kind == "hotline")
        notices = [ServiceNotice(**row.fields(_NOTICE_TEXTS)) for row in rows if row.kind == "notice"]
        self.notice = notices[0] if notices else None
        self.fragments: dict[Any, str] = {}

    def _menu_link(
        self,
        item: MenuItem,
        *,
        year: int,
        numbers: Mapping[int, HotlineNumber | None],
        targets: Mapping[str, str],
    ) -> MenuLink | None:
        """Return the link of a menu item, None if it leads to a row that is not public, or to a hotline that has no
        number now."""
        label, hotline = item.label_for_year(year), reference_key(item.address)
        if hotline is not None:
            number = numbers.get(hotline)
            return MenuLink(label.replace("{number}", str(number)), number.href, "") if number else None
        if is_reference(item.address):
            url = targets.get(item.address, "")
            return MenuLink(label, url, self.part_of_site(url)) if url else None
        url = _translate_menu_url(item.address_for_year(year))
        return MenuLink(label, url, self.part_of_site(url))

    def keep(self, key: Any, text: str) -> str:
        """Add to the fragments, and return the text."""
        if len(self.fragments) >= MAX_FRAGMENTS:
            self.fragments.clear()
        self.fragments[key] = text
        return text

    def part_of_site(self, path: str) -> str:
        """Return the first folder of a path after that of the language."""
        return path.removeprefix(self.home).split("/")[0] if path.startswith(self.home) else ""


def load_frame(site: SiteSettings, *, at: dt.datetime, year: int) -> Frame:
    """Return the frame at the time `at` in the active language, with one query."""
    language = get_language() or ""
    rows = by_value(("frame", language), partial(_load_rows, language=language), at=at)
    settings_of_site = tuple(getattr(site, field.attname) for field in site._meta.concrete_fields)
    version = (language, year, get_script_prefix(), settings_of_site, rows)
    frame = _frames.get(version)
    if frame is None:
        if len(_frames) >= MAX_FRAMES:
            _frames.clear()
        frame = _frames[version] = Frame([_Row.of(row) for row in rows], year=year)
    return frame


_frames: dict[Any, Frame] = {}


def _load_rows(at: dt.datetime, *, language: str) -> tuple[Any, ...]:
    rows = tuple(_frame_query.rows(at, language, timezone.localtime(at).date()))
    # Addresses of menu items, the last of their texts.
    texts = {row[1 + _MAX_NUMBERS + _MENU_TEXTS.index("address")] for row in rows if row[0] == "menu"}
    keys = {key for text in texts if (key := split_reference(text)) and key[0] != HOTLINE}
    return rows + _target_rows(keys, at=at, language=language) if keys else rows


def _target_rows(keys: Collection[tuple[str, int]], *, at: dt.datetime, language: str) -> tuple[Any, ...]:
    """Return a row for each reference of a menu to something public. Takes a query for each kind."""
    with override(language or settings.LANGUAGE_CODE):
        found = find_references(keys, at=at)
        urls = sorted((reference_to(pk, scheme=scheme), row.url) for (scheme, pk), row in found.items())
    blank = ("",) * (_MAX_TEXTS - 2)
    return tuple(("target", *(0,) * _MAX_NUMBERS, address, url, *blank) for address, url in urls)


class _Row(NamedTuple):
    """A row of any kind: its texts, after the numbers that it is ordered by."""

    kind: str
    numbers: tuple[int, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, columns: tuple[Any, ...]) -> "_Row":
        return cls(columns[0], columns[1 : 1 + _MAX_NUMBERS], columns[1 + _MAX_NUMBERS :])

    def fields(self, names: Sequence[str], *, skip: int = 0) -> dict[str, str]:
        return dict(zip(names, self.texts[skip:], strict=False))


_MENU_TEXTS = ("place", "label", "label_zh", "address")
_NOTICE_TEXTS = ("text", "link", "link_text")
_HOTLINE_TEXTS = ("purpose", "purpose_zh", "note", "note_zh")
_NUMBER_TEXTS = ("as_printed", "e164", "short_code", "scope", "extension")
_HOTLINE_ORDER = ("service__order", "order", "pk", "current__order", "current__pk")
_MAX_NUMBERS, _MAX_TEXTS = len(_HOTLINE_ORDER), len(_HOTLINE_TEXTS + _NUMBER_TEXTS)


def _make_hotlines(rows: Iterable[_Row]) -> list[Hotline]:
    """Return the hotlines with their numbers. There is a row for each number, and one if there is none."""
    hotlines = []
    for pk, group in groupby(rows, key=lambda row: row.numbers[2]):
        of_hotline = list(group)
        hotline = Hotline(pk=pk, **of_hotline[0].fields(_HOTLINE_TEXTS))
        numbers = [
            HotlineNumber(pk=row.numbers[4], **row.fields(_NUMBER_TEXTS, skip=len(_HOTLINE_TEXTS)))
            for row in of_hotline
            if row.numbers[4]
        ]
        hotline.current_numbers = numbers
        hotlines.append(hotline)
    return hotlines


def _all_rows(at: dt.datetime, language: str, day: dt.date) -> QuerySet[Any, Any]:
    current = FilteredRelation("numbers", condition=valid_on(day, prefix="numbers__"))
    in_service = Hotline.objects.published(at).in_service(day).annotate(current=current)
    address = Concat(Value(reference_to("")), Cast(OuterRef("pk"), CharField()))
    in_menus = in_service.filter(Exists(MenuItem.objects.filter(address=address)))
    notices = ServiceNotice.objects.published(at).current(day).filter(language=language)
    newest_notice = ServiceNotice.objects.filter(pk__in=notices.newest_first().values("pk")[:1])
    texts_of_hotlines = [*_HOTLINE_TEXTS, *(f"current__{name}" for name in _NUMBER_TEXTS)]
    parts = [
        _columns("menu", MenuItem.objects.all(), order=("order", "pk"), texts=_MENU_TEXTS),
        _columns("empty", sections_without_articles(at=at, language=language), order=("pk",), texts=("slug",)),
        _columns("notice", newest_notice, order=(), texts=_NOTICE_TEXTS),
        _columns("number", in_menus, order=_HOTLINE_ORDER, texts=texts_of_hotlines),
        _columns("hotline", in_service.filter(is_on_every_page=True), order=_HOTLINE_ORDER, texts=texts_of_hotlines),
    ]
    names = ["frame_kind", *(f"frame_number_{n}" for n in range(_MAX_NUMBERS))]
    return parts[0].union(*parts[1:], all=True).order_by(*names)


def _columns(kind: str, rows: Any, *, order: Sequence[str], texts: Sequence[str]) -> QuerySet[Any, Any]:
    """Return the rows with the same columns for every kind."""
    columns: dict[str, Any] = {"frame_kind": Value(kind, CharField())}
    for n in range(_MAX_NUMBERS):
        columns[f"frame_number_{n}"] = F(order[n]) if n < len(order) else Value(0, IntegerField())
    for n in range(_MAX_TEXTS):
        columns[f"frame_text_{n}"] = F(texts[n]) if n < len(texts) else Value("", CharField())
    found: QuerySet[Any, Any] = rows.order_by().annotate(**columns).values_list(*columns)
    return found


_frame_query = CompiledQuery(_all_rows, takes=(dt.datetime, str, dt.date))


def _section_slug(url: str) -> str:
    """Return the slug of the section that an internal URL leads to, if any."""
    try:
        match = resolve(url)
    except Resolver404:
        return ""
    return str(match.kwargs["slug"]) if match.view_name == "news:section" else ""


def _translate_menu_url(url: str) -> str:
    """Return an English menu URL in the active language, unchanged if there is no such page."""
    language = get_language()
    if language == settings.LANGUAGE_CODE or not url.startswith("/"):
        return url
    # `translate_url` resolves in the active language, so the English URL is resolved in English.
    with override(settings.LANGUAGE_CODE):
        return translate_url(url, language or settings.LANGUAGE_CODE)
