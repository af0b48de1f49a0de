"""Reading of a captured page: from its text to its structured content."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from postportal.legacy.parsing.accounting import lines_left_over
from postportal.legacy.parsing.bodies import body_html
from postportal.legacy.parsing.credits import split_credit, split_editors
from postportal.legacy.parsing.designs import Design, read_designs
from postportal.legacy.parsing.first_day_covers import count_first_day_covers
from postportal.legacy.parsing.hotlines import PrintedHotline
from postportal.legacy.parsing.language_detection import detect_language
from postportal.legacy.parsing.navigation import MenuEntry
from postportal.legacy.parsing.old_urls import OldUrl
from postportal.legacy.parsing.page_head import (
    PageHead,
    TitleForm,
    head_from_titles,
    read_head,
    read_title,
    strip_ellipsis,
)
from postportal.legacy.parsing.page_kinds import PageKind, detect_page_kind, is_index
from postportal.legacy.parsing.page_parts import PageParts, split_page
from postportal.legacy.parsing.page_tools import is_page_tool
from postportal.legacy.parsing.stamp_facts import StampFacts
from postportal.legacy.parsing.stamp_page import read_stamp_page
from postportal.legacy.parsing.text_cleaning import collapse_whitespace, split_lines, strip_blank_lines
from postportal.legacy.parsing.year_list import YearList, read_year_list
from postportal.richtext.plain_text import plain_text

_BYLINE = re.compile(
    r"[(（【\[]?(?:authors?|by|reporters?|correspondent|writer|(?:本报)?记者|作者|通讯员|撰稿|文/图|图/文|文)"
    r"\s?[:：]\s?(?P<name>\S.{0,50})\Z",
    re.IGNORECASE,
)
_SECTION_LABELS = {
    "news",
    "china post news",
    "messages",
    "postman story",
    "postal equipments",
    "新闻",
    "邮政新闻",
    "公告",
}


@dataclass(frozen=True, slots=True)
class LegacyPage:
    """The content of a captured page. "" and None mean unknown."""

    kind: PageKind
    url: OldUrl | None
    language: str
    title: str
    title_form: TitleForm
    is_title_truncated: bool = False
    subtitle: str = ""
    section_label: str = ""
    source_label: str = ""
    author: str = ""
    dateline_on: dt.date | None = None
    body: str = ""
    credit: str = ""
    stamp: StampFacts | None = None
    designs: tuple[Design, ...] = ()
    first_day_covers: int | None = None
    year_list: YearList | None = None
    menu: tuple[MenuEntry, ...] = ()
    hotlines: tuple[PrintedHotline, ...] = ()
    register_numbers: tuple[str, ...] = ()
    footer_links: tuple[str, ...] = ()
    # True for a list of links to other pages without a text of its own.
    is_index: bool = False
    findings: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return True if there is nothing between the navigation and the footer."""
        return not (self.title or self.body or self.stamp or self.year_list or self.is_index)


@dataclass(slots=True)
class _PageContent:
    """The content of a page while it is being read."""

    parts: PageParts
    section_label: str
    lines: list[str]
    findings: list[str]


def read_page(text: str) -> LegacyPage:
    """Read a captured page. Any text gives a page; anything that could not be read is listed in its findings."""
    parts = split_page(split_lines(text))
    section, lines = _split_section(parts)
    head = read_head(lines)
    kind = detect_page_kind(lines, head=head, url=parts.url, breadcrumbs=[*parts.breadcrumbs, section])
    content = _PageContent(parts, section or (parts.breadcrumbs[0] if parts.breadcrumbs else ""), lines, [])
    if kind is not PageKind.YEAR_LIST and is_index(lines):
        return _build_page(content, kind=PageKind.PAGE, head=read_title([section]), is_index=True)
    if kind is PageKind.STAMP:
        return _read_stamp(content)
    if kind is PageKind.YEAR_LIST:
        return _read_year_list(content)
    return _read_text_page(content, kind=kind, head=head)


def _split_section(parts: PageParts) -> tuple[str, list[str]]:
    """Return the name of a section above the title ("" for none) and the content below it."""
    filled = [index for index, line in enumerate(parts.content) if line.strip()]
    if len(filled) > 1 and collapse_whitespace(parts.content[filled[0]]).casefold() in _SECTION_LABELS:
        return collapse_whitespace(parts.content[filled[0]]), parts.content[filled[0] + 1 :]
    return "", parts.content


def _read_text_page(content: _PageContent, *, kind: PageKind, head: PageHead) -> LegacyPage:
    if kind in {PageKind.TOPIC, PageKind.PAGE}:
        head = read_title(content.lines)
    author, lines = _skip_page_tools(content.lines[head.line_count :])
    lines, editors = split_editors(lines)
    lines, credit = split_credit(lines, source=head.dateline.source)
    body = body_html(lines, bullets_are_headings=kind is PageKind.TOPIC)
    date = head.dateline.date
    if date and date.day is None:
        content.findings.append(f"“{date.printed}” is not a valid date")
    editors = [head.dateline.editor, *editors] if head.dateline.editor else editors
    content.findings.extend(f"editor credit not imported: “{editor}”" for editor in editors)
    return _build_page(
        content,
        kind=kind,
        head=head,
        subtitle=head.subtitle,
        source_label=head.dateline.source,
        author=head.dateline.author or author,
        dateline_on=date.day if date else None,
        body=body,
        credit=credit,
    )


def _read_stamp(content: _PageContent) -> LegacyPage:
    page = read_stamp_page(content.lines)
    head = head_from_titles(page.head_lines)
    if not head.title or (head.is_truncated and page.title_field):
        head = head_from_titles([page.title_field])
    elif page.title_field and collapse_whitespace(page.title_field).casefold() != head.title.casefold():
        content.findings.append(f"two titles: “{head.title}” above the fields, “{page.title_field}” among them")
    lines, editors = split_editors(_skip_page_tools(list(page.text_lines))[1])
    lines, credit = split_credit(lines)
    content.findings.extend([*page.findings, *(f"editor credit not imported: “{editor}”" for editor in editors)])
    return _build_page(
        content,
        kind=PageKind.STAMP,
        head=replace(head, line_count=0),
        subtitle=head.subtitle,
        body=body_html(lines),
        credit=credit,
        stamp=page.facts,
        designs=read_designs(lines),
        first_day_covers=count_first_day_covers(" ".join(lines)),
    )


def _read_year_list(content: _PageContent) -> LegacyPage:
    listing = read_year_list(content.lines, breadcrumbs=content.parts.breadcrumbs)
    head = replace(head_from_titles([listing.heading]), line_count=0)
    content.findings.extend(listing.findings)
    return _build_page(content, kind=PageKind.YEAR_LIST, head=head, year_list=listing)


def _skip_page_tools(lines: list[str]) -> tuple[str, list[str]]:
    """Return the author and the lines, without page tools and byline between title and text."""
    author = ""
    lines = strip_blank_lines(lines)
    while lines:
        byline = _BYLINE.match(lines[0].strip()) if len(lines[0]) <= 80 else None
        if byline is None and not is_page_tool(lines[0]):
            break
        author = author or (collapse_whitespace(byline["name"]) if byline else "")
        lines = strip_blank_lines(lines[1:])
    return author, lines


def _build_page(content: _PageContent, *, kind: PageKind, head: PageHead, **fields: object) -> LegacyPage:
    title, is_truncated = strip_ellipsis(head.title)
    if head.form is TitleForm.MISSING:
        content.findings.append("no title")
    elif is_truncated:
        content.findings.append("the title is truncated")
    page = LegacyPage(
        kind=kind,
        url=content.parts.url,
        language=detect_language(title, str(fields.get("body", "")), *content.lines[:40]),
        title=title,
        title_form=head.form,
        is_title_truncated=is_truncated,
        section_label=content.section_label,
        menu=tuple(dict.fromkeys(content.parts.menu)),
        hotlines=tuple(content.parts.hotlines),
        register_numbers=tuple(content.parts.register_numbers),
        footer_links=tuple(content.parts.footer_links),
        findings=tuple(dict.fromkeys(content.findings)),
        **fields,  # type: ignore[arg-type]
    )
    # A list of links is left out as a whole, and says so.
    lost = [] if page.is_index else lines_left_over(content.lines[head.line_count :], kept=_kept_texts(page))
    return replace(page, findings=(*page.findings, *(f"not imported: “{line}”" for line in lost)))


def _kept_texts(page: LegacyPage) -> list[str]:
    """Return all texts of the page as it was read."""
    stamp, listing = page.stamp or StampFacts(), page.year_list
    texts = [page.title, page.subtitle, page.author, page.credit, plain_text(page.body), *page.findings]
    texts += [part for field in stamp.printed_fields for part in field]
    for listed in listing.issues if listing else ():
        texts += [str(listed.serial or ""), listed.title, listed.text, str(listed.link or "")]
    return [*texts, listing.heading if listing else ""]
