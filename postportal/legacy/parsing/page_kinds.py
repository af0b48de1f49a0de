"""What kind of page a capture is. What stands on it says more than the folder it was filed in."""

import re
from collections.abc import Sequence
from enum import StrEnum

from postportal.legacy.parsing.dates import split_date
from postportal.legacy.parsing.old_urls import OldUrl
from postportal.legacy.parsing.page_head import PageHead, TitleForm
from postportal.legacy.parsing.stamp_page import has_heading, known_fields
from postportal.legacy.parsing.year_list import count_entries, find_year_heading


class PageKind(StrEnum):
    NEWS = "news"
    MESSAGE = "message"
    STAMP = "stamp"
    YEAR_LIST = "stamp-year-list"
    TOPIC = "topic"
    PAGE = "page"


_FOLDER_KINDS = {
    **dict.fromkeys(("report", "news", "article", "story"), PageKind.NEWS),
    **dict.fromkeys(("message", "messages", "notice", "notices", "announcement", "announcements"), PageKind.MESSAGE),
    **dict.fromkeys(("stamp", "stamps"), PageKind.STAMP),
    **dict.fromkeys(("folder", "topic", "topics", "special"), PageKind.TOPIC),
    **dict.fromkeys(("category", "page", "about"), PageKind.PAGE),
}
_MESSAGE_TITLE = re.compile(
    r"(?:public |important |special )?(?:notice|announcement|circular|message)\b(?! board)|"
    r"关于.{1,60}的(?:公告|通知|通告)|.*(?:公告|通知|通告|声明|公示)[)）]?\Z",
    re.IGNORECASE,
)
_MESSAGE_SECTIONS = {"message", "messages", "notice", "notices", "announcements", "公告", "通知公告", "通知"}


def detect_page_kind(
    content: Sequence[str], *, head: PageHead, url: OldUrl | None, breadcrumbs: Sequence[str]
) -> PageKind:
    filed = _FOLDER_KINDS.get(url.folder) if url else None
    is_dated = head.dateline.date is not None or bool(head.dateline.source)
    if _is_stamp(content, folder_kind=filed, is_dated=is_dated):
        return PageKind.STAMP
    if _is_year_list(content, folder_kind=filed, is_dated=is_dated):
        return PageKind.YEAR_LIST
    if is_dated or filed in {PageKind.NEWS, PageKind.MESSAGE}:
        return PageKind.MESSAGE if _is_message(head, folder_kind=filed, breadcrumbs=breadcrumbs) else PageKind.NEWS
    if filed in {None, PageKind.PAGE} and _has_entries(content, head=head):
        return PageKind.TOPIC
    if filed in {None, PageKind.PAGE} and _is_message(head, folder_kind=filed, breadcrumbs=breadcrumbs):
        return PageKind.MESSAGE
    return filed or PageKind.PAGE


def is_index(content: Sequence[str]) -> bool:
    """True for a list of links to other pages: nearly every line is a title with a date behind it."""
    filled = [line for line in content if line.strip()]
    dated = sum(len(line) <= 300 and _has_date_behind(line) for line in filled)
    return dated >= 2 and dated * 4 >= len(filled) * 3


def _has_date_behind(line: str) -> bool:
    split = split_date(line.strip())
    return split is not None and len(split[0].strip()) > 3


def _is_stamp(content: Sequence[str], *, folder_kind: PageKind | None, is_dated: bool) -> bool:
    # A report on a new issue may end with its data; it stays a report.
    if is_dated and folder_kind is not PageKind.STAMP:
        return False
    fields = len(known_fields(content))
    return fields >= 3 or (fields >= 1 and (folder_kind is PageKind.STAMP or has_heading(content)))


def _is_year_list(content: Sequence[str], *, folder_kind: PageKind | None, is_dated: bool) -> bool:
    if is_dated or folder_kind in {PageKind.NEWS, PageKind.MESSAGE}:
        return False
    entries = count_entries(content)
    return entries >= 2 or (entries >= 1 and find_year_heading(content) is not None) or _is_empty_year(content)


def _is_empty_year(content: Sequence[str]) -> bool:
    filled = [line for line in content if line.strip()]
    return len(filled) == 1 and find_year_heading(filled) is not None


def _is_message(head: PageHead, *, folder_kind: PageKind | None, breadcrumbs: Sequence[str]) -> bool:
    if folder_kind is PageKind.MESSAGE or any(part.casefold() in _MESSAGE_SECTIONS for part in breadcrumbs):
        return True
    return _MESSAGE_TITLE.match(head.title) is not None


def _has_entries(content: Sequence[str], *, head: PageHead) -> bool:
    """A page without a title that is a collection of bulleted entries."""
    first = next((line for line in content if line.strip()), "")
    return head.form is TitleForm.MISSING and first.lstrip()[:1] in "•·●■►▶" and bool(first.strip())
