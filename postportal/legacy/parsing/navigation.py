"""Navigation of the old site: menu entries, breadcrumbs and footer links."""

import re
from dataclasses import dataclass

from postportal.legacy.parsing.text_cleaning import collapse_whitespace, split_comma_list

BULLET = re.compile(r"\s*[•·●○◦▪■□‣⁃∙・►▶\uf0b7\uf0a7]\s*(?=\S)")

_STAMP_YEAR_LABEL = re.compile(
    r"(?P<before>)(?P<year>(?:19|20)\d\d)(?P<after>\s?(?:new\s)?stamps?|年?\s?(?:纪特)?邮票)\Z", re.IGNORECASE
)
_KNOWN_LABELS = frozenset(
    split_comma_list(
        """
            home, homepage, home page, index, about us, about china post, news, china post news, latest news,
            news center, news centre, message, messages, notice, notices, announcements, services, our services,
            postman story, postman stories, postal equipments, postal equipment, stamps, philately, contact us,
            sitemap, site map, links, search, hotlines, chinese, english, 中文, 中文版, postal business, 首页,
            网站首页, 新闻, 新闻中心, 邮政新闻, 公告, 通知公告, 邮递员故事, 投递员故事, 乡邮员故事, 邮政装备,
            邮政设备, 邮票, 集邮, 关于我们, 联系我们, 网站地图, 公司概况, 业务介绍, 服务热线, english version
        """
    )
)
_FOOTER_LINKS = frozenset(
    split_comma_list(
        """
            about us, sitemap, site map, contact us, home, privacy, privacy policy, terms, terms of use,
            legal notice, disclaimer, links, feedback, help, accessibility, 关于我们, 联系我们, 网站地图,
            网站声明, 法律声明, 隐私政策, 友情链接, 意见反馈, 帮助, 返回首页, 首页
        """
    )
)
_BREADCRUMB_START = re.compile(
    r"(?:(?:your |current )?(?:location|position)|you are here|(?:当前|您的|您现在的|您所在的)位置)\s?(?:is\s?)?[:：]?",
    re.IGNORECASE,
)
_BREADCRUMB_SEPARATOR = re.compile(r"\s?(?:>{1,2}|»|›|→|＞{1,2}|≫)\s?")
_HOME_LABELS = {"home", "homepage", "home page", "index", "首页", "网站首页", "中国邮政"}
_LEAF_LABELS = {"content", "text", "正文", "内容", "详情"}
_POWERED_BY = re.compile(r"(?:powered|supported|hosted) by\s?[:：]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of the menu. If it links to the stamps of a year, `year` is set and the label contains "{year}"."""

    label: str
    year: int | None = None


def strip_bullet(line: str) -> str:
    bullet = BULLET.match(line)
    return line[bullet.end() :] if bullet else line


def read_known_entry(line: str) -> MenuEntry | None:
    """Read the line, with or without a bullet, as a known menu entry. Return None if it is none."""
    label = collapse_whitespace(strip_bullet(line[:80]))
    if match := _STAMP_YEAR_LABEL.match(label):
        return MenuEntry("{year}" + match["after"], int(match["year"]))
    return MenuEntry(label) if label.casefold() in _KNOWN_LABELS and len(line) <= 80 else None


def read_any_entry(line: str) -> MenuEntry:
    """Read the line as a menu entry, known or not, in a place where only the menu can be."""
    return read_known_entry(line) or MenuEntry(collapse_whitespace(strip_bullet(line)))


def read_stamp_year(line: str) -> int | None:
    """Return 2017 for "2017 Stamps", the heading of a year's stamp list. Return None for any other line."""
    match = _STAMP_YEAR_LABEL.match(collapse_whitespace(line[:40])) if len(line) <= 40 else None
    return int(match["year"]) if match else None


def read_breadcrumbs(line: str) -> tuple[str, ...] | None:
    """Return ("News", "Postman Story") for "Home > News > Postman Story", or None for any other line."""
    if len(line) > 300:
        return None
    start = _BREADCRUMB_START.match(line.strip())
    rest = line.strip()[start.end() :] if start else line.strip()
    parts = [collapse_whitespace(part) for part in _BREADCRUMB_SEPARATOR.split(rest) if part.strip()]
    are_breadcrumbs = parts and (start or (len(parts) > 1 and parts[0].casefold() in _HOME_LABELS))
    if not are_breadcrumbs:
        return None
    return tuple(part for part in parts if part.casefold() not in _HOME_LABELS | _LEAF_LABELS)


def read_footer_links(line: str) -> tuple[str, ...] | None:
    """Return the links in a footer line, like ("About Us", "Sitemap"), or None for any other line."""
    if len(line) > 200:
        return None
    powered = _POWERED_BY.match(line.strip())
    parts = [collapse_whitespace(part) for part in re.split(r"[|｜丨]", line) if part.strip()]
    links = parts[1:] if powered else parts
    if powered:
        return tuple(links)
    return tuple(links) if links and all(link.casefold() in _FOOTER_LINKS for link in links) else None
