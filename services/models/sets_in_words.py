"""What a set consists of, as people say it: “two stamps and a souvenir sheet”."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

NUMBER_WORDS = (
    *(gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"), gettext_lazy("five")),
    *(gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"), gettext_lazy("ten")),
)


def number_in_words(number: int) -> str:
    """Small numbers as words, others as digits."""
    return str(NUMBER_WORDS[number - 1]) if 1 <= number <= len(NUMBER_WORDS) else str(number)


def set_in_words(stamps: int | None, sheets: int | None) -> str:
    """Unknown and 0 are left out; "" where that is all."""
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
    """“The four stamps”."""
    return ngettext("The stamp", "The %(count)s stamps", stamps) % {"count": number_in_words(stamps)}
