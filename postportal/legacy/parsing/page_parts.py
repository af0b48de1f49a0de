"""Parts a capture: address, navigation, hotlines, register numbers and footer on one side, the content on the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from postportal.legacy.parsing.hotlines import PrintedHotline, read_hotline
from postportal.legacy.parsing.navigation import BULLET, MenuEntry, any_entry, footer_links, read_entry, read_trail
from postportal.legacy.parsing.old_urls import Address, read_address
from postportal.legacy.parsing.page_tools import is_page_tool
from postportal.legacy.parsing.register_numbers import read_register_numbers
from postportal.legacy.parsing.text_cleaning import without_blank_ends

# Navigation stands within so many filled lines of the top, and no line of it is longer than this.
_TOP = 40
_LONGEST_ENTRY = 60


@dataclass(slots=True)
class Capture:
    """The parts of one captured page. `content` are the lines that only this page has."""

    address: Address | None = None
    menu: list[MenuEntry] = field(default_factory=list)
    hotlines: list[PrintedHotline] = field(default_factory=list)
    register_numbers: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    trail: tuple[str, ...] = ()
    content: list[str] = field(default_factory=list)


def take_apart(lines: Sequence[str]) -> Capture:
    capture = Capture()
    rest = _after_address(list(lines), capture=capture)
    rest = _after_navigation(rest, capture=capture)
    rest = _before_footer(rest, capture=capture)
    capture.content = without_blank_ends([line for line in rest if not _take_anywhere(line, capture=capture)])
    return capture


def _after_address(lines: list[str], *, capture: Capture) -> list[str]:
    lines = without_blank_ends(lines)
    if lines and (address := read_address(lines[0])):
        capture.address = address
        return lines[1:]
    return lines


def _after_navigation(lines: list[str], *, capture: Capture) -> list[str]:
    end = _end_of_hotlines(lines)
    for line in lines[:end]:
        is_taken = _take_hotline(line, capture=capture) or _take_trail(line, capture=capture)
        if line.strip() and not is_taken and (read_entry(line) or not is_page_tool(line)):
            capture.menu.append(any_entry(line))
    while end < len(lines) and (not lines[end].strip() or _take_navigation(lines, at=end, capture=capture)):
        end += 1
    return lines[end:]


def _end_of_hotlines(lines: list[str]) -> int:
    """Where the navigation ends that leads down to the hotlines; 0 where the page does not begin like that.

    A long line before them is text, and so is a hotline after it part of the text or of the footer."""
    end = filled = 0
    for index, line in enumerate(lines):
        if not line.strip():
            continue
        filled += 1
        if read_hotline(line):
            end = index + 1
        elif end or filled > _TOP or not _may_be_navigation(line):
            break
    return end


def _may_be_navigation(line: str) -> bool:
    if read_trail(line) is not None or is_page_tool(line):
        return True
    is_short = len(line.strip()) <= _LONGEST_ENTRY and not line.rstrip().endswith((*".。!！;；,",))
    return is_short and (BULLET.match(line) is not None or read_entry(line) is not None)


def _take_navigation(lines: list[str], *, at: int, capture: Capture) -> bool:
    """Navigation that no hotlines follow: only what is known to be part of it."""
    line = lines[at]
    if _take_trail(line, capture=capture) or _take_hotline(line, capture=capture):
        return True
    entry = read_entry(line)
    # One bare word may be the title of this page ("Messages"); a bullet or another entry below shows a menu.
    if entry and (BULLET.match(line) or (entry.year is None and _is_navigation_below(lines, at=at))):
        capture.menu.append(entry)
        return True
    if at and BULLET.match(line) and BULLET.match(lines[at - 1]) and capture.menu and _may_be_navigation(line):
        # An entry nobody heard of, right below one that is known.
        capture.menu.append(any_entry(line))
        return True
    return is_page_tool(line)


def _is_navigation_below(lines: list[str], *, at: int) -> bool:
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return read_entry(below) is not None or read_trail(below) is not None


def _before_footer(lines: list[str], *, capture: Capture) -> list[str]:
    lines = without_blank_ends(lines)
    found: list[PrintedHotline] = []
    while lines:
        line = lines[-1]
        hotline = read_hotline(line)
        if hotline:
            found.append(hotline)
        elif line.strip() and not _take_anywhere(line, capture=capture) and not is_page_tool(line):
            break
        lines = lines[:-1]
    capture.hotlines.extend(hotline for hotline in reversed(found) if hotline not in capture.hotlines)
    return lines


def _take_anywhere(line: str, *, capture: Capture) -> bool:
    """Furniture that is unmistakable wherever it stands; True where the line was some."""
    numbers = read_register_numbers(line)
    if numbers is not None:
        capture.register_numbers.extend(number for number in numbers if number not in capture.register_numbers)
        return True
    links = footer_links(line)
    if links is not None:
        capture.links.extend(link for link in links if link not in capture.links)
        return True
    return bool(capture.hotlines) and _take_hotline(line, capture=capture, only_known=True)


def _take_trail(line: str, *, capture: Capture) -> bool:
    trail = read_trail(line)
    if trail is None:
        return False
    capture.trail = capture.trail or trail
    return True


def _take_hotline(line: str, *, capture: Capture, only_known: bool = False) -> bool:
    hotline = read_hotline(line)
    if hotline is None or (only_known and hotline not in capture.hotlines):
        return False
    if hotline not in capture.hotlines:
        capture.hotlines.append(hotline)
    return True
