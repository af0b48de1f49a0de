"""Check of the telephone numbers in an item: those that no hotline has."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.publishing.checks import Fault
from postportal.richtext.handlers import rich_text_fields
from services.models import HotlineNumber
from services.models.channel import Channel
from services.models.text_number import DIALLED_CHANNELS
from services.text_numbers import load_short_codes, numbers_in


def number_faults(item: Any, user: Any) -> Iterator[Fault]:
    """Find telephone numbers in the texts that no hotline has today."""
    written: dict[str, tuple[str, str]] = {}
    texts = {name: getattr(item, name) for name in rich_text_fields(type(item))}
    if not any(character.isdigit() for text in texts.values() for character in text):
        return
    codes = load_short_codes()
    for name, text in texts.items():
        for number, words in numbers_in(text, short_codes=codes).items():
            written.setdefault(number, (words, name))
    for number in sorted(written.keys() - _known(written)):
        words, name = written[number]
        detail = _("No hotline has %(number)s. Correct it, or insert the hotline.") % {"number": words}
        yield Fault(_("Telephone number in no register"), detail, name, words)


def _known(numbers: Any) -> set[str]:
    if not numbers:
        return set()
    day = timezone.localdate()
    rows = HotlineNumber.objects.on(day)
    known = {code for pair in rows.values_list("e164", "short_code") for code in pair}
    channels = Channel.objects.filter(kind__in=DIALLED_CHANNELS, address__in=list(numbers))
    return known | set(channels.values_list("address", flat=True))
