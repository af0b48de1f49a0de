"""One page of the old site, read: the whole way from its text to what is known of it."""

import datetime as dt
import re
from dataclasses import dataclass

from postportal.legacy.parsing.bodies import body_html
from postportal.legacy.parsing.credits import split_credit, split_editors
from postportal.legacy.parsing.designs import Design, read_designs
from postportal.legacy.parsing.first_day_covers import count_covers
from postportal.legacy.parsing.hotlines import PrintedHotline
from postportal.legacy.parsing.language_detection import language_of
from postportal.legacy.parsing.navigation import MenuEntry
from postportal.legacy.parsing.old_urls import Address
from postportal.legacy.parsing.page_head import Head, TitleForm, read_head, read_title, settle_titles, uncut
from postportal.legacy.parsing.page_kinds import Kind, is_index, kind_of
from postportal.legacy.parsing.page_parts import Capture, take_apart
from postportal.legacy.parsing.page_tools import is_page_tool
from postportal.legacy.parsing.stamp_facts import StampFacts
from postportal.legacy.parsing.stamp_page import read_stamp_page
from postportal.legacy.parsing.text_cleaning import lines_of, squeezed, without_blank_ends
from postportal.legacy.parsing.year_list import YearList, read_year_list

_BYLINE = re.compile(r"(?:author|by|reporter|作者|记者|通讯员|文/图)\s?[:：]\s?(?P<name>\S.{0,50})\Z", re.IGNORECASE)
_SECTIONS = {"news", "china post news", "messages", "postman story", "postal equipments", "新闻", "邮政新闻", "公告"}


@dataclass(frozen=True, slots=True)
class LegacyPage:
    """What a capture says. "" and None: it does not say."""

    kind: Kind
    address: Address | None
    language: str
    title: str
    title_form: TitleForm
    is_title_cut: bool = False
    subtitle: str = ""
    section: str = ""
    source: str = ""
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
    links: tuple[str, ...] = ()
    # A list of links to other pages, without a text of its own.
    is_index: bool = False
    findings: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True where nothing stands between the navigation and the footer."""
        return not (self.title or self.body or self.stamp or self.year_list or self.is_index)


@dataclass(slots=True)
class _Text:
    """The content of a page, being read."""

    capture: Capture
    section: str
    lines: list[str]
    findings: list[str]


def read_page(text: str) -> LegacyPage:
    """Read a captured page. Any text at all gives a page; what did not fit is among its findings."""
    capture = take_apart(lines_of(text))
    section, lines = _split_section(capture)
    head = read_head(lines)
    kind = kind_of(lines, head=head, address=capture.address, trail=[*capture.trail, section])
    content = _Text(capture, section or (capture.trail[0] if capture.trail else ""), lines, [])
    if is_index(lines):
        return _page(content, kind=Kind.PAGE, head=read_title([section]), is_index=True)
    if kind is Kind.STAMP:
        return _stamp(content)
    if kind is Kind.YEAR_LIST:
        return _year_list(content)
    return _text_page(content, kind=kind, head=head)


def _split_section(capture: Capture) -> tuple[str, list[str]]:
    """The name of a section above the title, and the content below it."""
    filled = [index for index, line in enumerate(capture.content) if line.strip()]
    if len(filled) > 1 and squeezed(capture.content[filled[0]]).casefold() in _SECTIONS:
        return squeezed(capture.content[filled[0]]), capture.content[filled[0] + 1 :]
    return "", capture.content


def _text_page(content: _Text, *, kind: Kind, head: Head) -> LegacyPage:
    if kind in {Kind.TOPIC, Kind.PAGE}:
        head = read_title(content.lines)
    author, lines = _after_page_tools(content.lines[head.length :])
    lines, editors = split_editors(lines)
    lines, credit = split_credit(lines, source=head.dateline.source)
    body = body_html(lines, bullets_are_headings=kind is Kind.TOPIC)
    date = head.dateline.date
    if date and date.on is None:
        content.findings.append(f"“{date.printed}” is no day")
    content.findings.extend(f"no place for “{editor}”" for editor in editors)
    return _page(
        content,
        kind=kind,
        head=head,
        subtitle=head.subtitle,
        source=head.dateline.source,
        author=head.dateline.author or author,
        dateline_on=date.on if date else None,
        body=body,
        credit=credit,
    )


def _stamp(content: _Text) -> LegacyPage:
    page = read_stamp_page(content.lines)
    head = settle_titles(page.head)
    if not head.title or (head.is_cut and page.title_field):
        head = settle_titles([page.title_field])
    elif page.title_field and squeezed(page.title_field).casefold() != head.title.casefold():
        content.findings.append(f"the title is “{head.title}” above and “{page.title_field}” among the fields")
    lines, editors = split_editors(_after_page_tools(list(page.text))[1])
    lines, credit = split_credit(lines)
    content.findings.extend([*page.findings, *(f"no place for “{editor}”" for editor in editors)])
    return _page(
        content,
        kind=Kind.STAMP,
        head=head,
        subtitle=head.subtitle,
        body=body_html(lines),
        credit=credit,
        stamp=page.facts,
        designs=read_designs(lines),
        first_day_covers=count_covers(" ".join(lines)),
    )


def _year_list(content: _Text) -> LegacyPage:
    listing = read_year_list(content.lines)
    head = settle_titles([listing.heading])
    content.findings.extend(listing.findings)
    return _page(content, kind=Kind.YEAR_LIST, head=head, year_list=listing)


def _after_page_tools(lines: list[str]) -> tuple[str, list[str]]:
    """(author, lines) without the machinery and the byline between title and text."""
    author = ""
    lines = without_blank_ends(lines)
    while lines:
        byline = _BYLINE.match(lines[0].strip()) if len(lines[0]) <= 80 else None
        if byline is None and not is_page_tool(lines[0]):
            break
        author = author or (squeezed(byline["name"]) if byline else "")
        lines = without_blank_ends(lines[1:])
    return author, lines


def _page(content: _Text, *, kind: Kind, head: Head, **known: object) -> LegacyPage:
    title, is_cut = uncut(head.title)
    if head.form is TitleForm.MISSING:
        content.findings.append("no title")
    elif is_cut:
        content.findings.append("the title is cut")
    return LegacyPage(
        kind=kind,
        address=content.capture.address,
        language=language_of(title, str(known.get("body", "")), *content.lines[:40]),
        title=title,
        title_form=head.form,
        is_title_cut=is_cut,
        section=content.section,
        menu=tuple(dict.fromkeys(content.capture.menu)),
        hotlines=tuple(content.capture.hotlines),
        register_numbers=tuple(content.capture.register_numbers),
        links=tuple(content.capture.links),
        findings=tuple(dict.fromkeys(content.findings)),
        **known,  # type: ignore[arg-type]
    )
