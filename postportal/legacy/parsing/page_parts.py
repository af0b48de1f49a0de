"""Separation of a page's content from its URL, navigation, hotlines, register numbers and footer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from postportal.legacy.parsing.hotlines import PrintedHotline, read_hotline
from postportal.legacy.parsing.navigation import (
    BULLET,
    MenuEntry,
    read_any_entry,
    read_breadcrumbs,
    read_footer_links,
    read_known_entry,
)
from postportal.legacy.parsing.old_urls import OldUrl, read_url
from postportal.legacy.parsing.page_head import strip_ellipsis
from postportal.legacy.parsing.page_tools import is_page_tool
from postportal.legacy.parsing.register_numbers import read_register_numbers
from postportal.legacy.parsing.serials import split_serial
from postportal.legacy.parsing.text_cleaning import strip_blank_lines

# Navigation is within this many lines of the top, not counting blank ones, and has no longer lines than this.
_MAX_NAVIGATION_LINES = 40
_MAX_ENTRY_LENGTH = 60


@dataclass(slots=True)
class PageParts:
    """The parts of one captured page. `content` is the lines that belong to this page alone."""

    url: OldUrl | None = None
    menu: list[MenuEntry] = field(default_factory=list)
    hotlines: list[PrintedHotline] = field(default_factory=list)
    register_numbers: list[str] = field(default_factory=list)
    footer_links: list[str] = field(default_factory=list)
    breadcrumbs: tuple[str, ...] = ()
    content: list[str] = field(default_factory=list)


def split_page(lines: Sequence[str]) -> PageParts:
    parts = PageParts()
    rest = _take_url(list(lines), parts=parts)
    rest = _take_navigation_block(rest, parts=parts)
    rest = _take_footer(rest, parts=parts)
    parts.content = strip_blank_lines([line for line in rest if not _take_chrome_line(line, parts=parts)])
    return parts


def _take_url(lines: list[str], *, parts: PageParts) -> list[str]:
    lines = strip_blank_lines(lines)
    if lines and (url := read_url(lines[0])):
        parts.url = url
        return lines[1:]
    return lines


def _take_navigation_block(lines: list[str], *, parts: PageParts) -> list[str]:
    end = _find_navigation_end(lines)
    for line in lines[:end]:
        is_taken = _take_hotline(line, parts=parts) or _take_breadcrumbs(line, parts=parts)
        if line.strip() and not is_taken and (read_known_entry(line) or not is_page_tool(line)):
            parts.menu.append(read_any_entry(line))
    while end < len(lines) and (not lines[end].strip() or _take_navigation_line(lines, at=end, parts=parts)):
        end += 1
    return lines[end:]


def _find_navigation_end(lines: list[str]) -> int:
    """Return the index after the navigation and the hotlines below it, or 0 if the page does not begin with them.

    A long line is text, and hotlines after it belong to the text or the footer."""
    end = filled_count = 0
    for index, line in enumerate(lines):
        if not line.strip():
            continue
        filled_count += 1
        if read_hotline(line):
            end = index + 1
        elif end or filled_count > _MAX_NAVIGATION_LINES or not _can_be_navigation(line):
            break
    return end


def _can_be_navigation(line: str) -> bool:
    if read_breadcrumbs(line) is not None or is_page_tool(line):
        return True
    if split_serial(line.strip()) or strip_ellipsis(line.strip())[1]:
        # An entry of a list.
        return False
    is_short = len(line.strip()) <= _MAX_ENTRY_LENGTH and not line.rstrip().endswith((*".。!！;；,",))
    return is_short and (BULLET.match(line) is not None or read_known_entry(line) is not None)


def _take_navigation_line(lines: list[str], *, at: int, parts: PageParts) -> bool:
    """Take a line of navigation without hotlines below it: only known entries. Return True if it was one."""
    line = lines[at]
    if _take_breadcrumbs(line, parts=parts) or _take_hotline(line, parts=parts):
        return True
    entry = read_known_entry(line)
    # A single word may be the title of the page ("Messages"); a bullet or another entry below it shows a menu.
    if entry and (BULLET.match(line) or (entry.year is None and _has_navigation_below(lines, at=at))):
        parts.menu.append(entry)
        return True
    if at and BULLET.match(line) and BULLET.match(lines[at - 1]) and parts.menu and _can_be_navigation(line):
        # An unknown entry directly below a known one.
        parts.menu.append(read_any_entry(line))
        return True
    return is_page_tool(line)


def _has_navigation_below(lines: list[str], *, at: int) -> bool:
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return read_known_entry(below) is not None or read_breadcrumbs(below) is not None


def _take_footer(lines: list[str], *, parts: PageParts) -> list[str]:
    lines = strip_blank_lines(lines)
    found: list[PrintedHotline] = []
    while lines:
        line = lines[-1]
        hotline = read_hotline(line)
        if hotline:
            found.append(hotline)
        elif line.strip() and not _take_chrome_line(line, parts=parts) and not is_page_tool(line):
            break
        lines = lines[:-1]
    parts.hotlines.extend(hotline for hotline in reversed(found) if hotline not in parts.hotlines)
    return lines


def _take_chrome_line(line: str, *, parts: PageParts) -> bool:
    """Take a line that cannot be content anywhere on the page. Return True if it was one."""
    numbers = read_register_numbers(line)
    if numbers is not None:
        parts.register_numbers.extend(number for number in numbers if number not in parts.register_numbers)
        return True
    links = read_footer_links(line)
    if links is not None:
        parts.footer_links.extend(link for link in links if link not in parts.footer_links)
        return True
    return bool(parts.hotlines) and _take_hotline(line, parts=parts, only_known=True)


def _take_breadcrumbs(line: str, *, parts: PageParts) -> bool:
    breadcrumbs = read_breadcrumbs(line)
    if breadcrumbs is None:
        return False
    parts.breadcrumbs = parts.breadcrumbs or breadcrumbs
    return True


def _take_hotline(line: str, *, parts: PageParts, only_known: bool = False) -> bool:
    hotline = read_hotline(line)
    if hotline is None or (only_known and hotline not in parts.hotlines):
        return False
    if hotline not in parts.hotlines:
        parts.hotlines.append(hotline)
    return True
