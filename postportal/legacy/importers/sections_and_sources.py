"""Sections and sources of imported articles."""

from news.models import Section, Source
from postportal.legacy.parsing.page import LegacyPage
from postportal.legacy.parsing.page_kinds import PageKind

_NEWS, _MESSAGES = "News", "Messages"
# The sections of the old site under every name they had, with their name in Chinese.
SECTIONS = {
    "News": (
        "新闻",
        {"news", "china post news", "latest news", "news center", "news centre", "新闻", "新闻中心", "邮政新闻"},
    ),
    "Messages": ("公告", {"message", "messages", "notice", "notices", "announcements", "公告", "通知公告", "通知"}),
    "Postman Story": ("邮递员故事", {"postman story", "postman stories", "邮递员故事", "投递员故事", "乡邮员故事"}),
    "Postal Equipments": ("邮政装备", {"postal equipments", "postal equipment", "邮政装备", "邮政设备"}),
}


def canonical_section_name(label: str) -> str:
    """Return the name of the old site's section with this label, or "" if there is none."""
    return next((name for name, (_, labels) in SECTIONS.items() if label.casefold() in labels), "")


def get_or_create_section_for(page: LegacyPage) -> Section:
    """Return the section named on the page, or else the usual section for its kind."""
    by_name: Section | None = Section.objects.with_name(page.section_label).order_by("pk").first()
    if by_name:
        return by_name
    return get_or_create_section(
        canonical_section_name(page.section_label) or (_MESSAGES if page.kind is PageKind.MESSAGE else _NEWS)
    )


def get_or_create_section(name: str) -> Section:
    found = Section.objects.with_name(name).order_by("pk").first()
    name_zh = SECTIONS[name][0] if name in SECTIONS else ""
    return found or Section.objects.create(name=name, name_zh=name_zh)


def get_or_create_source(name: str) -> Source | None:
    """Return the source with this name or alias, created if missing, or None if `name` is blank."""
    name = name[:120].strip()
    if not name:
        return None
    found = Source.objects.with_name(name).order_by("pk").first()
    return found or Source.objects.create(name=name)
