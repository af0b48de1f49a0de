"""What search engines and other sites show under the title of a page: a sentence or two, no longer than they show."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from services.models import Hotline, Service, Stamp, StampIssue

LENGTH = 160


def hotlines(rows: Iterable[Hotline]) -> str:
    numbers = [f"{row} {row.main_number}" for row in rows if row.main_number]
    return _told(_("Whom to call, from home and from abroad, with hours, languages and costs."), _listed(numbers))


def services(rows: Iterable[Service]) -> str:
    return _told(_("What the post does for you, who runs it and whom to call."), _listed(str(row) for row in rows))


def programme(year: int | None, rows: Iterable[StampIssue]) -> str:
    if year is None:
        about = _("Stamp issues of which the year is not known, with all that is known of them.")
    else:
        about = _("Stamp issues of %(year)s: dates of issue, sets, prices and where to buy.") % {"year": year}
    return _told(about, _listed(row.display_title for row in rows))


def issue(row: StampIssue) -> str:
    facts = [
        f"{row.kind_in_words} {row.serial}".strip(),
        date_format(row.issued_on) if row.issued_on else "",
        row.composition_in_words,
        row.price,
    ]
    about = _("Designs, face values, printing details and where to buy.")
    return _told(row.standfirst, _listed(facts), about)


def stamp(row: Stamp) -> str:
    issued = row.issue
    about = _("The stamp %(name)s in the issue %(title)s: picture, face value, size and place in the set.")
    return _told(row.description, about % {"name": row.display_name, "title": issued.display_title})


def _listed(parts: Iterable[str]) -> str:
    known = [part for part in parts if part]
    return _(", ").join(known) + _(".") if known else ""


def _told(*sentences: str) -> str:
    return Truncator(" ".join(filter(None, sentences))).chars(LENGTH)
