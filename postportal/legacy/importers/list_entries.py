"""Entries of year lists, and the issues they announced: found by link, serial number or title, whole or cut off."""

from django.db.models import Q, QuerySet

from postportal.legacy.importers.serial_matching import find_by_serial
from postportal.legacy.models import CUT_MARK, Capture, ListEntry
from postportal.legacy.parsing.old_urls import OldUrl
from postportal.legacy.parsing.serials import Serial
from postportal.legacy.parsing.year_list import ListedIssue
from postportal.text.folding import fold_name
from services.models import StampIssue

_MAX_KEY_LENGTH = 320
# Fewer letters begin too many titles.
_MIN_CUT_LENGTH = 4


def entry_key(listed: ListedIssue, *, year: int | None) -> str:
    return (str(listed.serial) if listed.serial else f"{year or ''} {_key(listed.title)}")[:_MAX_KEY_LENGTH]


def lacking_of(listed: ListedIssue) -> str:
    """Return what the list does not say about the issue: the end of its title, or its number."""
    if listed.is_truncated:
        return ListEntry.Lacking.TITLE
    return "" if listed.serial else ListEntry.Lacking.NUMBER


def issues_of_entry(listed: ListedIssue, *, year: int | None) -> list[StampIssue]:
    """Return the issue that the entry is about, or several if their titles all begin like a title that is cut off."""
    by_link = _find_by_link(listed.link) if listed.link else None
    found = by_link or (find_by_serial(listed.serial) if listed.serial else None)
    if found:
        return [found]
    issues = StampIssue.objects.filter(Q(year=year) | Q(year=None)) if year else StampIssue.objects.all()
    # An issue with another number is another one.
    issues = issues.filter(number=None, serial="") if listed.serial else issues
    return find_by_title(listed.title, issues, is_cut=listed.is_truncated)


def listed_issue_for_page(
    title: str, *, serial: Serial | None, url: OldUrl | None, year: int | None
) -> StampIssue | None:
    """Return the issue that a list announced without a number or with half a title, and that this page is about."""
    entries = ListEntry.objects.filter(issue__isnull=False)
    linked = entries.filter(host=url.host, path=url.path).order_by("pk").first() if url and url.path else None
    if linked:
        return linked.issue
    issues = StampIssue.objects.filter(pk__in=entries.values("issue"))
    if serial:
        issues = issues.filter(Q(year=serial.year or year) | Q(year=None), number=None, serial="")
    elif year:
        issues = issues.filter(Q(year=year) | Q(year=None))
    found = find_by_title(title, issues, is_cut=False)
    return found[0] if len(found) == 1 else None


def find_by_title(title: str, issues: QuerySet[StampIssue], *, is_cut: bool) -> list[StampIssue]:
    """Return the issues with this title, or else those of which the title begins like this one or this one like it."""
    words = _key(title)
    same: list[int] = []
    begun: list[int] = []
    for pk, *titles in issues.order_by("pk").values_list("pk", "title", "title_zh"):
        keys = {_key(each.removesuffix(CUT_MARK)): each.endswith(CUT_MARK) for each in titles if each}
        if words in keys:
            same.append(pk)
        elif any(_begins(words, is_cut, key, is_other_cut) for key, is_other_cut in keys.items()):
            begun.append(pk)
    return list(StampIssue.objects.filter(pk__in=same or begun).order_by("pk"))


def _begins(one: str, is_cut: bool, other: str, is_other_cut: bool) -> bool:
    if min(len(one), len(other)) < _MIN_CUT_LENGTH:
        return False
    return (is_cut and other.startswith(one)) or (is_other_cut and one.startswith(other))


def _find_by_link(link: OldUrl) -> StampIssue | None:
    capture = Capture.objects.at_url(link).first()
    if capture and isinstance(capture.item, StampIssue):
        return capture.item
    entry = ListEntry.objects.filter(host=link.host, path=link.path, issue__isnull=False).order_by("pk").first()
    return entry.issue if entry else None


def _key(title: str) -> str:
    # A title of signs only folds to nothing.
    return fold_name(title) or title
