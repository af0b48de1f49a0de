"""Kinds of captured pages. The content of a page says more about its kind than its folder on the old site."""

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
# An announcement that begins with so many fields is about the issue, whatever its folder and date.
_MIN_ANNOUNCED_FIELDS = 4
_MAX_LINES_ABOVE_FIELDS = 6
_MESSAGE_TITLE = re.compile(
    r"(?:public |important |special )?(?:notice|announcement|circular|message)\b(?! board)|"
    r"关于.{1,60}的(?:公告|通知|通告)|.*(?:公告|通知|通告|声明|公示)[)）]?\Z",
    re.IGNORECASE,
)
_MESSAGE_SECTIONS = {"message", "messages", "notice", "notices", "announcements", "公告", "通知公告", "通知"}


def detect_page_kind(
    content: Sequence[str], *, head: PageHead, url: OldUrl | None, breadcrumbs: Sequence[str]
) -> PageKind:
    folder_kind = _FOLDER_KINDS.get(url.folder) if url else None
    is_dated = head.dateline.date is not None or bool(head.dateline.source)
    if _is_stamp(content, folder_kind=folder_kind, is_dated=is_dated):
        return PageKind.STAMP
    if _is_year_list(content, folder_kind=folder_kind, is_dated=is_dated, breadcrumbs=breadcrumbs):
        return PageKind.YEAR_LIST
    is_message = _is_message(head, folder_kind=folder_kind, breadcrumbs=breadcrumbs)
    if is_dated or folder_kind in {PageKind.NEWS, PageKind.MESSAGE}:
        return PageKind.MESSAGE if is_message else PageKind.NEWS
    if folder_kind in {None, PageKind.PAGE} and _has_entries(content, head=head):
        return PageKind.TOPIC
    if folder_kind in {None, PageKind.PAGE} and is_message:
        return PageKind.MESSAGE
    return folder_kind or PageKind.PAGE


def is_index(content: Sequence[str]) -> bool:
    """Return True for a list of links to other pages: nearly every line is a title followed by a date."""
    filled = [line for line in content if line.strip()]
    dated_count = sum(len(line) <= 300 and _ends_with_date(line) for line in filled)
    return dated_count >= 2 and dated_count * 4 >= len(filled) * 3


def _ends_with_date(line: str) -> bool:
    split = split_date(line.strip())
    return split is not None and len(split[0].strip()) > 3


def _is_stamp(content: Sequence[str], *, folder_kind: PageKind | None, is_dated: bool) -> bool:
    field_count = len(known_fields(content))
    # An article about a new issue may end with its technical data; it is still an article.
    if is_dated and folder_kind in {PageKind.NEWS, PageKind.MESSAGE}:
        return False
    if is_dated and folder_kind is not PageKind.STAMP:
        return field_count >= _MIN_ANNOUNCED_FIELDS and len(known_fields(_first_lines(content))) > 0
    return field_count >= 3 or (field_count >= 1 and (folder_kind is PageKind.STAMP or has_heading(content)))


def _first_lines(content: Sequence[str]) -> list[str]:
    """Return title, dateline and a sentence or two, with the beginning of the fields below them."""
    filled = [line for line in content if line.strip()]
    return filled[:_MAX_LINES_ABOVE_FIELDS]


def _is_year_list(
    content: Sequence[str], *, folder_kind: PageKind | None, is_dated: bool, breadcrumbs: Sequence[str]
) -> bool:
    if folder_kind in {PageKind.NEWS, PageKind.MESSAGE}:
        return False
    trail = [part for part in breadcrumbs if part]
    entries, heading = count_entries(content, breadcrumbs=trail), find_year_heading(content)
    if heading:
        return entries >= 1 or _is_empty_year(content)
    return entries >= 2 and not is_dated


def _is_empty_year(content: Sequence[str]) -> bool:
    filled = [line for line in content if line.strip()]
    return len(filled) == 1 and find_year_heading(filled) is not None


def _is_message(head: PageHead, *, folder_kind: PageKind | None, breadcrumbs: Sequence[str]) -> bool:
    if folder_kind is PageKind.MESSAGE or any(part.casefold() in _MESSAGE_SECTIONS for part in breadcrumbs):
        return True
    return _MESSAGE_TITLE.match(head.title) is not None


def _has_entries(content: Sequence[str], *, head: PageHead) -> bool:
    """Return True for a page without a title that begins with a bulleted entry."""
    first = next((line for line in content if line.strip()), "")
    return head.form is TitleForm.MISSING and first.lstrip()[:1] in "•·●■►▶" and bool(first.strip())
