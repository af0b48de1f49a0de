from postportal.legacy.parsing.page import read_page
from postportal.legacy.parsing.serials import Serial
from postportal.legacy.parsing.year_list import ListedIssue
from tests.postportal.legacy.captures import capture_text, year_list_text


def test_list_of_a_year_is_read() -> None:
    page = read_page(year_list_text("Harbour lights of the northern coast ...2018-9", "Lanterns(Ⅰ)2018-7"))

    assert (page.kind, page.title) == ("stamp-year-list", "2018 Stamps")
    assert page.year_list is not None
    assert page.year_list.year == 2018
    assert page.year_list.issues == (
        ListedIssue(Serial(2018, 9), "Harbour lights of the northern coast", True, "A few words about it."),
        ListedIssue(Serial(2018, 7), "Lanterns(Ⅰ)", False, "A few words about it."),
    )
    assert page.findings == ()


def test_year_in_the_menu_is_ignored() -> None:
    page = read_page(year_list_text("Lanterns2018-7"))

    assert [entry.year for entry in page.menu if entry.year] == [2019]
    assert page.year_list is not None
    assert page.year_list.year == 2018


def test_list_without_a_heading_takes_its_year_from_the_numbers() -> None:
    page = read_page("• Lanterns2018-7\n• Boats2018-8\n• Nets2017-30")

    assert (page.kind, page.title) == ("stamp-year-list", "")
    assert page.year_list is not None
    assert page.year_list.year == 2018
    assert page.findings == ("2017-30 is in the list of 2018", "no title")


def test_serial_number_on_its_own_line_is_joined_to_the_title() -> None:
    page = read_page(capture_text("2018 Stamps\n• Lanterns\n2018-7\n• Boats (2018-8)"))

    assert page.year_list is not None
    assert [(str(issue.serial), issue.title) for issue in page.year_list.issues] == [
        ("2018-7", "Lanterns"),
        ("2018-8", "Boats"),
    ]


def test_chinese_list_is_read() -> None:
    page = read_page("2018年邮票\n港口的灯笼2018-7\n渔船2018-8")

    assert (page.kind, page.language) == ("stamp-year-list", "zh-hans")
    assert page.year_list is not None
    assert [issue.title for issue in page.year_list.issues] == ["港口的灯笼", "渔船"]


def test_year_heading_alone_is_an_empty_list() -> None:
    page = read_page(capture_text("2018 Stamps"))

    assert page.kind == "stamp-year-list"
    assert page.year_list is not None
    assert (page.year_list.year, page.year_list.issues) == (2018, ())


def test_hotlines_below_a_list_do_not_make_it_a_menu() -> None:
    page = read_page("2018 Stamps\n• Lanterns2018-7\n• Boats of the ...\nPostal Business: 8610 11185")

    assert page.year_list is not None
    assert [issue.title for issue in page.year_list.issues] == ["Lanterns", "Boats of the"]


def test_words_below_an_entry_are_no_entry_although_they_are_cut_off() -> None:
    words = "On July 1 the harbour celebrates a hundred years of lanterns, which were first lit by..."
    page = read_page(f"2018 Stamps\nLanterns ...2018-7\n{words}\nBoats and nets of the...\n{words}")

    assert page.year_list is not None
    assert [(issue.title, issue.text) for issue in page.year_list.issues] == [
        ("Lanterns", words),
        ("Boats and nets of the", words),
    ]


def test_year_of_the_breadcrumbs_is_that_of_the_list() -> None:
    page = read_page("Home > Stamps > 2011 Stamps\n• Boats of the\n2011-8\n• Nets\n\nTotal 3 pages 1 2 3 Next")

    assert page.year_list is not None
    assert page.year_list.year == 2011
    assert [(str(issue.serial or ""), issue.title, issue.text) for issue in page.year_list.issues] == [
        ("2011-8", "Boats of the", ""),
        ("", "Nets", ""),
    ]
