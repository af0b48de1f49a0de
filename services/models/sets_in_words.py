"""The contents of a set in words: “two stamps and a souvenir sheet”."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

NUMBER_WORDS = (
    *(gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"), gettext_lazy("five")),
    *(gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"), gettext_lazy("ten")),
)


def number_in_words(number: int) -> str:
    """Return numbers up to ten as words, others as digits."""
    return str(NUMBER_WORDS[number - 1]) if 1 <= number <= len(NUMBER_WORDS) else str(number)


def set_in_words(stamps: int | None, sheets: int | None) -> str:
    """Return “two stamps and a souvenir sheet”, without counts that are unknown or 0; "" if both are."""
    parts = []
    if stamps:
        parts.append(ngettext("one stamp", "%(count)s stamps", stamps) % {"count": number_in_words(stamps)})
    if sheets:
        text = ngettext("a souvenir sheet", "%(count)s souvenir sheets", sheets)
        parts.append(text % {"count": number_in_words(sheets)})
    if len(parts) < 2:
        return "".join(parts)
    return _("%(stamps)s and %(sheets)s") % {"stamps": parts[0], "sheets": parts[1]}


def stamps_heading(stamps: int) -> str:
    """Return “The four stamps”."""
    return ngettext("The stamp", "The %(count)s stamps", stamps) % {"count": number_in_words(stamps)}
