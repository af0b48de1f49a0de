"""Warnings about the numbers of a hotline. None of them refuses a number: true oddities exist."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from services.models import Hotline, HotlineNumber
from services.models.phone_numbers import (
    ReadNumber,
    dialled_at_home,
    is_country,
    is_plausible,
    read_number,
    why_only_at_home,
)


def number_warnings(hotline: Hotline) -> list[str]:
    """Return one sentence for each number that another hotline has too, or that is in no numbering plan."""
    numbers = list(hotline.numbers.all())
    return [*_shared(hotline, numbers), *_implausible(numbers)]


def how_it_is_dialled(typed: str, *, region: str) -> list[str]:
    """Return in one line each how the number is dialled at home and abroad, or what is wrong with it."""
    region = region.strip().upper() or settings.HOME_COUNTRY
    if not is_country(region):
        return [_("No country has this code. Enter two letters such as CN.")]
    try:
        read = read_number(typed, region=region)
    except ValidationError as error:
        return list(error.messages)
    return _lines(read)


def _lines(read: ReadNumber) -> list[str]:
    extension = _(" ext. %(extension)s") % {"extension": read.extension} if read.extension else ""
    shown = f"{read.as_printed or read.e164 or read.short_code}{extension}"
    if read.short_code:
        at_home = _("Within the country: %(number)s") % {"number": shown}
        abroad = _("Cannot be dialled from abroad. %(reason)s") % {"reason": why_only_at_home(read.short_code)}
        return [at_home, abroad]
    home = dialled_at_home(read.e164, region=settings.HOME_COUNTRY)
    lines = [_("Within the country: %(number)s") % {"number": f"{home}{extension}"}] if home else []
    lines.append(_("From abroad: %(number)s") % {"number": shown})
    return lines


def _shared(hotline: Hotline, numbers: list[HotlineNumber]) -> list[str]:
    same = Q()
    for number in numbers:
        same |= Q(e164=number.e164, short_code=number.short_code, region=number.region, extension=number.extension)
    if not same:
        return []
    others = HotlineNumber.objects.filter(same).exclude(hotline=hotline).select_related("hotline").order_by("pk")
    text = _("%(number)s is also a number of “%(hotline)s”.")
    return [text % {"number": other, "hotline": other.hotline} for other in others]


def _implausible(numbers: list[HotlineNumber]) -> list[str]:
    short_codes = tuple(number.short_code for number in numbers if number.short_code)
    text = _("%(number)s is in no numbering plan that we know. Call it to check.")
    # A short code behind an area code, such as +861011185, is in no plan and can be dialled.
    return [
        text % {"number": number}
        for number in numbers
        if number.e164 and not is_plausible(number.e164) and not (short_codes and number.e164.endswith(short_codes))
    ]
