"""Telephone numbers as people type them, and how they are dialled at home and abroad."""

import re
import unicodedata
from typing import NamedTuple

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumber, PhoneNumberFormat

# Numbers of up to six digits are short codes: no country has subscribers' numbers with area code that short.
MAX_SHORT_CODE = 6
MIN_SHORT_CODE = 3
# CLDR's code of no country: numbers of the demo, which nobody must call.
NO_COUNTRY = "ZZ"
_EXTENSION = re.compile(r"\s*(?:[,;]\s*)?(?:extension|ext\s*[.=]?|x|#|转|轉|分机|分機)\s*([0-9]{1,8})\Z", re.IGNORECASE)
_PREFIX = re.compile(r"\A\s*(?:tel(?:ephone)?|phone|电话|電話)\s*[.:：]?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\(?\+?[0-9][0-9 ()\-./·\u2010-\u2015]*\Z")


class ReadNumber(NamedTuple):
    """A number as it is stored: in international form, or as a short code or national number with its country."""

    e164: str
    short_code: str
    region: str
    extension: str
    as_printed: str


def is_country(code: str) -> bool:
    """Return True if telephone numbers of a country with this ISO 3166 code exist."""
    return code in phonenumbers.SUPPORTED_REGIONS or code == NO_COUNTRY


def read_number(typed: str, *, region: str) -> ReadNumber:
    """Read a number such as “8610 11185”, “+86 10 11185”, “400 890 9999” or “010 6885 9999 ext. 12”, typed in this
    country. Raise ValidationError if nobody could dial it."""
    text = _PREFIX.sub("", unicodedata.normalize("NFKC", typed)).strip()
    extension = _EXTENSION.search(text)
    main = " ".join((text[: extension.start()] if extension else text).split())
    digits = re.sub(r"\D", "", main)
    if not _NUMBER.match(main):
        raise ValidationError(_("Enter a telephone number, for example +86 10 11185, 400 890 9999 or 11185."))
    ext = extension[1] if extension else ""
    if "+" not in main and (len(digits) <= MAX_SHORT_CODE or region == NO_COUNTRY):
        if not MIN_SHORT_CODE <= len(digits) <= 12:
            raise ValidationError(_("This number is too short or too long to be dialled."))
        return ReadNumber("", digits, region, ext, main if main != digits else "")
    number = _parse(main, region)
    _refuse_area_code(number)
    national = phonenumbers.national_significant_number(number)
    if not phonenumbers.can_be_internationally_dialled(number):
        country = phonenumbers.region_code_for_number(number) or region
        return ReadNumber("", national, country, ext, _format(number, PhoneNumberFormat.NATIONAL))
    e164 = _format(number, PhoneNumberFormat.E164)
    if not 8 <= len(e164) <= 16:
        raise ValidationError(_("This number is too short or too long to be dialled."))
    return ReadNumber(e164, "", "", ext, _international(number, main))


def why_only_at_home(short_code: str) -> str:
    """Return the reason why a number without a form in E.164 cannot be dialled from abroad."""
    if len(short_code) <= MAX_SHORT_CODE:
        return _("Short codes work only within the country.")
    return _("%(prefix)s numbers work only within the country.") % {"prefix": short_code[:3]}


def works_only_at_home(e164: str) -> bool:
    """Return True for an international number that networks do not connect from abroad, such as +864008909999."""
    try:
        return not phonenumbers.can_be_internationally_dialled(phonenumbers.parse(e164))
    except phonenumbers.NumberParseException:
        return False


def is_plausible(e164: str) -> bool:
    """Return True if the numbering plan of its country has such a number. The plans that are known to the library are
    not complete: short codes with an area code, such as +861011185, are missing."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(e164))
    except phonenumbers.NumberParseException:
        return False


def country_of(e164: str) -> str:
    """Return the ISO 3166 code of the country of an international number, "" if it has none."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return ""
    code = phonenumbers.region_code_for_country_code(number.country_code or 0)
    return phonenumbers.region_code_for_number(number) or (code if is_country(code) else "")


def dialled_at_home(e164: str, *, region: str) -> str:
    """Return the number as it is dialled within this country, "" if its numbering plan does not have it."""
    if not is_plausible(e164) or country_of(e164) != region:
        return ""
    return _format(phonenumbers.parse(e164), PhoneNumberFormat.NATIONAL)


def _parse(main: str, region: str) -> PhoneNumber:
    try:
        return phonenumbers.parse(main, region)
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
            raise ValidationError(_("No country has this code. Check the digits after “+”.")) from error
        raise ValidationError(_("This number is too short or too long to be dialled.")) from error


def _refuse_area_code(number: PhoneNumber) -> None:
    """Refuse an area code before a number that has none, such as 8610 4008909999."""
    if phonenumbers.is_valid_number(number):
        return
    national = phonenumbers.national_significant_number(number)
    for length in range(1, 5):
        rest = PhoneNumber(country_code=number.country_code, national_number=int(national[length:] or 0))
        if phonenumbers.is_valid_number(rest) and not phonenumbers.can_be_internationally_dialled(rest):
            text = _("Nobody can dial this: %(prefix)s numbers have no country or area code. Enter %(number)s.")
            prefix = phonenumbers.national_significant_number(rest)[:3]
            raise ValidationError(text % {"prefix": prefix, "number": _format(rest, PhoneNumberFormat.NATIONAL)})


def _international(number: PhoneNumber, main: str) -> str:
    """Return the number with blanks: grouped as in its numbering plan, or as it was typed if the plan lacks it."""
    formatted = _format(number, PhoneNumberFormat.INTERNATIONAL)
    if phonenumbers.is_valid_number(number):
        return formatted
    code, digits = str(number.country_code), phonenumbers.national_significant_number(number)
    # All digits of the number, from the end, with what was typed between them.
    pattern = r"[^0-9]*".join(digits) + r"\Z"
    typed = re.search(pattern, main)
    return f"+{code} {' '.join(re.findall(r'[0-9]+', typed[0]))}" if typed else formatted


def _format(number: PhoneNumber, form: int) -> str:
    return str(phonenumbers.format_number(number, form))
