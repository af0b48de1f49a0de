import pytest

from postportal.legacy.parsing.navigation import (
    MenuEntry,
    read_any_entry,
    read_breadcrumbs,
    read_footer_links,
    read_known_entry,
    read_stamp_year,
    strip_bullet,
)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("• Postman Story", MenuEntry("Postman Story")),
        ("首页", MenuEntry("首页")),
        ("2019 Stamps", MenuEntry("{year} Stamps", 2019)),
        ("2019年邮票", MenuEntry("{year}年邮票", 2019)),
        ("Night counters", None),
    ],
)
def test_known_menu_entry_is_read(line: str, entry: MenuEntry | None) -> None:
    assert read_known_entry(line) == entry


def test_any_line_can_be_read_as_an_entry() -> None:
    assert read_any_entry("• Night  counters") == MenuEntry("Night counters")
    assert strip_bullet("no bullet") == "no bullet"


def test_heading_of_a_year_is_read() -> None:
    assert (read_stamp_year("2017 Stamps"), read_stamp_year("All stamps of 2017")) == (2017, None)


@pytest.mark.parametrize(
    ("line", "breadcrumbs"),
    [
        ("Home > News > Postman Story", ("News", "Postman Story")),
        ("当前位置：首页 > 新闻中心 > 正文", ("新闻中心",)),
        ("You are here: Messages", ("Messages",)),
        ("North > South", None),
        ("Home", None),
    ],
)
def test_breadcrumbs_are_read(line: str, breadcrumbs: tuple[str, ...] | None) -> None:
    assert read_breadcrumbs(line) == breadcrumbs


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("Powered by HARBOUR POST | About Us | Sitemap |", ("About Us", "Sitemap")),
        ("About Us | Contact us", ("About Us", "Contact us")),
        ("About Us | Boats", None),
        ("x" * 201, None),
    ],
)
def test_footer_links_are_read(line: str, links: tuple[str, ...] | None) -> None:
    assert read_footer_links(line) == links
