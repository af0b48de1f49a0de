import pytest

from postportal.legacy.parsing.navigation import MenuEntry
from postportal.legacy.parsing.old_urls import OldUrl
from postportal.legacy.parsing.page_parts import split_page
from postportal.legacy.parsing.text_cleaning import split_lines
from tests.postportal.legacy.captures import FOOTER, NAVIGATION, capture_text

MENU = [MenuEntry("Postman Story"), MenuEntry("Postal Equipments"), MenuEntry("{year} Stamps", 2019)]


def test_content_is_separated_from_the_chrome() -> None:
    parts = split_page(split_lines(capture_text("A title\n\nA text.", url="http://old.example/html1/report/1/2-1.htm")))

    assert parts.url == OldUrl("old.example", "/html1/report/1/2-1.htm")
    assert parts.menu == MENU
    assert [line.label for line in parts.hotlines] == [
        "Postal Business",
        "Postal Savings",
        "Logistics and EMS",
        "China Post Life",
    ]
    assert parts.register_numbers == ["京ICP备10203040号", "京公网安备110401400999号"]
    assert parts.footer_links == ["About Us", "Sitemap", "Contact Us"]
    assert parts.content == ["A title", "", "A text."]


def test_page_without_chrome_is_all_content() -> None:
    parts = split_page(split_lines("A title\n\nA text."))

    assert (parts.url, parts.menu, parts.hotlines, parts.register_numbers) == (None, [], [], [])
    assert parts.content == ["A title", "", "A text."]


def test_menu_without_hotlines_is_recognised() -> None:
    parts = split_page(split_lines("• Postman Story\n• Postal Equipments\n• 2019 Stamps\n\nA title\nA text."))

    assert parts.menu == MENU
    assert parts.content == ["A title", "A text."]


def test_unknown_entry_right_below_a_known_one_is_menu() -> None:
    parts = split_page(split_lines("• Postman Story\n• Night life\n\n• Boats\n\nA title"))

    assert parts.menu == [MenuEntry("Postman Story"), MenuEntry("Night life")]
    assert parts.content == ["• Boats", "", "A title"]


def test_bullets_that_are_no_menu_are_content() -> None:
    parts = split_page(split_lines("• A letter from the harbour master\n\n    Ships carry words."))

    assert parts.content == ["• A letter from the harbour master", "", "    Ships carry words."]


def test_unknown_entries_above_the_hotlines_are_menu() -> None:
    parts = split_page(split_lines("• Night counters\n• 2030 Stamps\nPostal Business: 8610 11185\nA title"))

    assert parts.menu == [MenuEntry("Night counters"), MenuEntry("{year} Stamps", 2030)]
    assert parts.content == ["A title"]


def test_year_heading_below_the_hotlines_is_content() -> None:
    parts = split_page(split_lines(f"{NAVIGATION}2017 Stamps\n  • Harbour lights2017-3"))

    assert parts.content == ["2017 Stamps", "  • Harbour lights2017-3"]


def test_text_above_hotlines_in_the_footer_is_content() -> None:
    parts = split_page(split_lines("A title\nA text.\nPostal Business: 8610 11185\nPostal Savings: 8610 95580"))

    assert parts.content == ["A title", "A text."]
    assert [line.domestic for line in parts.hotlines] == ["11185", "95580"]


def test_number_in_a_sentence_is_content() -> None:
    parts = split_page(split_lines(f"{NAVIGATION}Title\n\nDial 11183 to send a parcel.\n\nWrite to: box 11183"))

    assert parts.content == ["Title", "", "Dial 11183 to send a parcel.", "", "Write to: box 11183"]


def test_chrome_inside_the_text_is_removed() -> None:
    parts = split_page(split_lines(f"{NAVIGATION}Title\nOne.\nPostal Business: 8610 11185\n{FOOTER}Two."))

    assert parts.content == ["Title", "One.", "Two."]


def test_registered_capital_is_no_register_number() -> None:
    parts = split_page(split_lines("Title\n\nRegistered capital: 5 million.\nRegister number of visitors: many"))

    assert parts.content == ["Title", "", "Registered capital: 5 million.", "Register number of visitors: many"]


@pytest.mark.parametrize(
    "line",
    [
        "Print",
        "【打印本页】 【关闭窗口】",
        "Hits: 1,024",
        "浏览次数：88次",
        "Previous: Harbour Post buys boats",
        "上一篇：夜间柜台",
        "<< 1 2 3 Next >>",
        "共3页 第1页",
        "Copyright © 2019 Harbour Post. All rights reserved.",
        "版权所有 海港邮政",
    ],
)
def test_page_tools_are_not_content(line: str) -> None:
    assert split_page(split_lines(f"Title\n\nText.\n\n{line}\n{FOOTER}")).content == ["Title", "", "Text."]


def test_breadcrumbs_name_the_section() -> None:
    parts = split_page(split_lines("Home > News > Postman Story\nTitle\n\nText."))

    assert parts.breadcrumbs == ("News", "Postman Story")
    assert parts.content == ["Title", "", "Text."]


def test_chinese_chrome_is_recognised() -> None:
    navigation = "首页\n新闻中心\n2019年邮票\n邮政业务：8610 11185\n邮政储蓄：95580\n"
    text = navigation + "标题在此\n\n正文。\n\n版权所有 海港邮政\n备案号：京ICP备10203040号-1"
    parts = split_page(split_lines(text))

    assert parts.menu == [MenuEntry("首页"), MenuEntry("新闻中心"), MenuEntry("{year}年邮票", 2019)]
    assert [(line.label, line.domestic, line.abroad) for line in parts.hotlines] == [
        ("邮政业务", "11185", "+861011185"),
        ("邮政储蓄", "95580", ""),
    ]
    assert parts.register_numbers == ["京ICP备10203040号-1"]
    assert parts.content == ["标题在此", "", "正文。"]
