"""Telephone numbers that were typed into texts, recorded when a text is saved. postportal/outbox/routes.py names the
handlers."""

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from typing import Any

import phonenumbers
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction

from postportal.richtext.handlers import rich_texts_of
from postportal.richtext.plain_text import plain_text
from postportal.richtext.references import without_references
from postportal.richtext.usage import find_rows_containing
from postportal.web.compiled_query import CompiledQuery
from postportal.web.keyed_query import KeyedQuery
from services.models import HotlineNumber, TextNumber
from services.models.phone_numbers import read_number

# Shorter ones appear in many texts about something else.
MIN_DIGITS = 5
MAX_NUMBER, MAX_WRITTEN = 20, 40
_DIALLED = re.compile(r'href="tel:([^"]*)"')
_INTERNATIONAL = re.compile(r"\+[0-9][0-9 ()-]{5,20}[0-9]")
_DIGITS = re.compile(r"(?<![\d.,+-])[0-9]{5,12}(?![\d.,-]?\d)")
_CALL = r"call|dial|ring|phone|telephone|tel|hotline|helpline|拨打|致电|电话|热线"
_AFTER_A_CALL = re.compile(rf"(?:{_CALL})\D{{0,20}}(?<![\d.,])([0-9]{{5,6}})(?![\d.,-]?\d)", re.IGNORECASE)


def update_text_numbers(label: str, pks: Collection[int]) -> None:
    """Bring the rows of TextNumber up to date with the texts of these objects. Deleted objects have none."""
    model: Any = apps.get_model(label)
    codes = _long_enough(code for (code,) in _short_codes.rows())
    wanted = {
        (pk, number): written
        for pk, *texts in rich_texts_of(model).objects(pks)
        for text in texts
        for number, written in numbers_in(text, short_codes=codes).items()
    }
    content_type = ContentType.objects.get_for_model(model)
    existing = {(object_id, number): pk for pk, object_id, number in _stored.objects(pks, content_type.pk)}
    new = [
        TextNumber(content_type=content_type, object_id=pk, number=number, as_written=written)
        for (pk, number), written in sorted(wanted.items())
        if (pk, number) not in existing
    ]
    outdated = [pk for key, pk in existing.items() if key not in wanted]
    if new or outdated:
        with transaction.atomic():
            TextNumber.objects.filter(pk__in=outdated).delete()
            TextNumber.objects.bulk_create(new, ignore_conflicts=True)


def update_texts_with_short_codes(label: str, pks: Collection[int]) -> None:
    """Record the short codes of these hotlines in all texts: without the register, they are only digits."""
    codes = load_short_codes(hotline__in=pks)
    for rows in find_rows_containing(sorted(codes)) if codes else ():
        found = list(rows.values_list("pk", flat=True))
        if found:
            update_text_numbers(rows.model._meta.label_lower, found)


def numbers_in(html: str, *, short_codes: Collection[str]) -> dict[str, str]:
    """Return the telephone numbers of a clean text as in the register, with what was written. References have none."""
    if not re.search(r"\d{3}", html):
        return {}
    html = without_references(html)
    found: dict[str, str] = {}
    for written in _candidates(html, short_codes):
        found.setdefault(_key(written)[:MAX_NUMBER], written[:MAX_WRITTEN])
    return found


def _candidates(html: str, short_codes: Collection[str]) -> Iterator[str]:
    text = plain_text(html)
    yield from (unescape(match[1]) for match in _DIALLED.finditer(html) if re.search(r"\d", match[1]))
    yield from (match[0] for match in _INTERNATIONAL.finditer(text))
    text = _INTERNATIONAL.sub(" ", text)
    for match in phonenumbers.PhoneNumberMatcher(text, settings.HOME_COUNTRY):
        yield match.raw_string
    yield from (match[0] for match in _DIGITS.finditer(text) if match[0] in short_codes)
    yield from (match[1] for match in _AFTER_A_CALL.finditer(text))


def _key(written: str) -> str:
    """Return the number as it is dialled; its digits if nobody can dial it."""
    try:
        read = read_number(written.partition(";")[0], region=settings.HOME_COUNTRY)
    except ValidationError:
        return re.sub(r"[^\d+]", "", written)
    return read.e164 or read.short_code


def load_short_codes(**conditions: Any) -> set[str]:
    """Return the short codes of all hotlines that can be told from other digits in a text."""
    return _long_enough(code for (code,) in _rows_with_short_codes().filter(**conditions))


def _rows_with_short_codes() -> Any:
    return HotlineNumber.objects.exclude(short_code="").order_by().values_list("short_code")


def _long_enough(codes: Iterable[str]) -> set[str]:
    return {code for code in codes if len(code) >= MIN_DIGITS}


_short_codes = CompiledQuery(_rows_with_short_codes, takes=())
_stored = KeyedQuery(
    lambda pks, content_type: TextNumber.objects.filter(content_type=content_type, object_id__in=pks).values_list(
        "pk", "object_id", "number"
    ),
    takes=(int,),
)
