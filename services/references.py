"""References from texts and menus to hotlines, which show the number of the day, and from texts to stamp issues."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from postportal.richtext.item_references import register_item_references
from postportal.richtext.references import STAMP_ISSUE, Choice, Reference, Source, reference_to, register_references
from postportal.search import plain_texts
from services.models import Hotline, StampIssue


def find_references(keys: Collection[int], at: dt.datetime) -> dict[int, Reference]:
    """Return the number of each of these hotlines that is public. Those without a number to call lead to the list."""
    day = timezone.localdate(at)
    rows = Hotline.objects.published(at).filter(pk__in=keys).with_current_numbers(day)
    return {row.pk: _reference(row) for row in rows}


def hotline_choices(at: dt.datetime) -> list[Choice]:
    """Return the hotlines that can be called."""
    day = timezone.localdate(at)
    rows = Hotline.objects.published(at).in_service(day).in_order().with_current_numbers(day)
    numbers = [(row, str(row.main_number)) for row in rows if row.main_number]
    return [Choice(reference_to(row.pk), f"{row}: {number}", number) for row, number in numbers]


def update_plain_texts(label: str, pks: Collection[int]) -> None:
    """Bring the plain text of the texts that refer to these hotlines up to date, also in the search."""
    plain_texts.update_plain_texts([f'href="{reference_to(pk)}"' for pk in pks])


def _reference(row: Hotline) -> Reference:
    number = row.main_number
    return Reference(number.href, str(number)) if number else Reference(row.get_absolute_url())


register_references(Source(Hotline, find_references, hotline_choices, "admin:services_hotline_choices"))
register_item_references(STAMP_ISSUE, model=StampIssue)
