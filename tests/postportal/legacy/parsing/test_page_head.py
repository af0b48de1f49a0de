import datetime as dt

import pytest

from postportal.legacy.parsing.page_head import TitleForm, read_head, read_title

DAY = dt.date(2016, 6, 24)
TITLE = "Harbour Post Enters the Coastal List"


def head(text: str) -> tuple[str, TitleForm, str, dt.date | None, list[str]]:
    lines = text.split("\n")
    found = read_head(lines)
    day = found.dateline.date.day if found.dateline.date else None
    return found.title, found.form, found.dateline.source, day, [line for line in lines[found.line_count :] if line]


@pytest.mark.parametrize(
    ("text", "form", "source"),
    [
        (f"{TITLE}\n{TITLE}\n| Harbour Post |2016-06-24\n\nBody.", TitleForm.TWICE, "Harbour Post"),
        (f"{TITLE}\n{TITLE}\n|Harbour Post|2016-06-24\nBody.", TitleForm.TWICE, "Harbour Post"),
        (f"{TITLE}\n| Harbour Post |2016-06-24\n\nBody.", TitleForm.ONCE, "Harbour Post"),
        (f"{TITLE}\n| | 2016-06-24\n\nBody.", TitleForm.ONCE, ""),
        (f"{TITLE}\n{TITLE}2016-06-24\n\nBody.", TitleForm.WITH_DATE, ""),
        (f"{TITLE}2016-06-24\n\nBody.", TitleForm.WITH_DATE, ""),
        (f"{TITLE}2016-06-24\n{TITLE}2016-06-24\n\nBody.", TitleForm.WITH_DATE, ""),
        (f"{TITLE} 2016/6/24\nBody.", TitleForm.WITH_DATE, ""),
        (f"{TITLE}\n{TITLE}2016.06.24\nBody.", TitleForm.WITH_DATE, ""),
        (f"{TITLE}\n\n2016-06-24\n\nBody.", TitleForm.ONCE, ""),
        (f"{TITLE}\n2016-06-24 09:30\nBody.", TitleForm.ONCE, ""),
        (f"{TITLE}\nJune 24, 2016\nBody.", TitleForm.ONCE, ""),
        (f"{TITLE}\n24 June 2016\nBody.", TitleForm.ONCE, ""),
        (f"{TITLE}\n[2016-06-24]\nBody.", TitleForm.ONCE, ""),
        (f"{TITLE}\nHarbour Post 2016-06-24\nBody.", TitleForm.ONCE, "Harbour Post"),
        (f"{TITLE}\nSource: Harbour Post  Date: 2016-06-24\nBody.", TitleForm.ONCE, "Harbour Post"),
        (f"{TITLE}\nSource: Harbour Post 2016-06-24\nBody.", TitleForm.ONCE, "Harbour Post"),
        (f"{TITLE}\n2016-06-24 Source: Harbour Post\nBody.", TitleForm.ONCE, "Harbour Post"),
        (f"{TITLE}\n2016-06-24 | Harbour Post |\nBody.", TitleForm.ONCE, "Harbour Post"),
        (f"{TITLE} {TITLE}\n| Harbour Post |2016-06-24\nBody.", TitleForm.TWICE, "Harbour Post"),
        (f"{TITLE[:20]}...\n{TITLE}\n| Harbour Post |2016-06-24\nBody.", TitleForm.TWICE, "Harbour Post"),
        (f"{TITLE[:20]}…\n{TITLE}2016-06-24\nBody.", TitleForm.WITH_DATE, ""),
    ],
)
def test_title_is_found_in_every_form(text: str, form: TitleForm, source: str) -> None:
    assert head(text) == (TITLE, form, source, DAY, ["Body."])


def test_repeated_title_that_ends_with_a_year_keeps_it() -> None:
    text = "Ten Events of 2021\nTen Events of 20212022-01-05\n\nBody."

    assert head(text) == ("Ten Events of 2021", TitleForm.WITH_DATE, "", dt.date(2022, 1, 5), ["Body."])


def test_single_title_that_ends_with_a_year_keeps_it() -> None:
    assert head("Ten Events of 20212022-01-05\n\nBody.")[:2] == ("Ten Events of 2021", TitleForm.WITH_DATE)


def test_date_inside_a_title_is_not_the_dateline() -> None:
    text = "The 2015-10-09 treaty is signed\nThe 2015-10-09 treaty is signed\n| Harbour Post |2016-06-24\nBody."

    assert head(text) == ("The 2015-10-09 treaty is signed", TitleForm.TWICE, "Harbour Post", DAY, ["Body."])


def test_date_at_the_end_of_a_title_is_not_the_dateline() -> None:
    text = "Notice of 2015-10-09\nNotice of 2015-10-09\n| Harbour Post |2016-06-24\nBody."

    assert head(text) == ("Notice of 2015-10-09", TitleForm.TWICE, "Harbour Post", DAY, ["Body."])


def test_date_at_the_end_of_a_title_is_kept_before_a_second_date() -> None:
    text = "Notice of 2015-10-09\nNotice of 2015-10-092016-06-24\nBody."

    assert head(text) == ("Notice of 2015-10-09", TitleForm.WITH_DATE, "", DAY, ["Body."])


def test_date_at_the_end_of_a_repeated_title_is_no_dateline() -> None:
    text = "Notice of 2015-10-09\nNotice of 2015-10-09\nBody."

    assert head(text) == ("Notice of 2015-10-09", TitleForm.TWICE, "", None, ["Body."])


def test_page_without_a_title_has_none() -> None:
    text = "| Harbour Post |2016-06-24\n\nThe counter opened on Monday."

    assert head(text) == ("", TitleForm.MISSING, "Harbour Post", DAY, ["The counter opened on Monday."])


def test_line_between_title_and_dateline_is_the_subtitle() -> None:
    found = read_head([TITLE, TITLE, "A second line below", "| Harbour Post |2016-06-24", "Body."])

    assert (found.title, found.subtitle) == (TITLE, "A second line below")


def test_repeated_title_of_two_lines_is_one() -> None:
    found = read_head(
        ["Harbour Post Enters", "the Coastal List", "Harbour Post Enters", "the Coastal List", "2016-06-24"]
    )

    assert (found.title, found.form) == (TITLE, TitleForm.TWICE)


@pytest.mark.parametrize("printed", ["2016-13-45", "2016-02-30", "1970-01-01"])
def test_invalid_date_is_unknown(printed: str) -> None:
    found = read_head([TITLE, f"| Harbour Post |{printed}", "Body."])

    assert found.dateline.date is not None
    assert (found.title, found.dateline.date.day, found.dateline.date.printed) == (TITLE, None, printed)


def test_source_without_a_date_is_a_dateline() -> None:
    found = read_head([TITLE, "| Harbour Post |", "Body."])

    assert (found.title, found.dateline.source, found.dateline.date) == (TITLE, "Harbour Post", None)


@pytest.mark.parametrize(
    "line",
    [
        "来源：海港邮政报 发布时间：2016年6月24日",
        "来源：海港邮政报　2016-06-24",
        "2016年6月24日 来源：海港邮政报",
        "海港邮政报 2016年6月24日",
    ],
)
def test_chinese_dateline_is_read(line: str) -> None:
    assert head(f"海港邮政开设夜间柜台\n{line}\n\n正文。") == (
        "海港邮政开设夜间柜台",
        TitleForm.ONCE,
        "海港邮政报",
        DAY,
        ["正文。"],
    )


def test_chinese_dateline_names_the_author() -> None:
    found = read_head(["海港邮政开设夜间柜台", "来源：海港邮政报 作者：方小舟 时间：2016-06-24 点击：12", "正文。"])

    assert (found.dateline.source, found.dateline.author) == ("海港邮政报", "方小舟")


def test_date_far_below_in_the_text_is_no_dateline() -> None:
    text = "\n".join([TITLE, "", "One.", "Two.", "Three.", "Four.", "Five.", "| Harbour Post |2016-06-24"])

    assert read_head(text.split("\n")).dateline.date is None


def test_sentence_that_ends_with_a_date_is_no_dateline() -> None:
    assert head(f"{TITLE}\nIt opened on 2016-06-24\nBody.") == (
        TITLE,
        TitleForm.ONCE,
        "",
        None,
        ["It opened on 2016-06-24", "Body."],
    )


@pytest.mark.parametrize(
    "line", ["The counter opened on Monday.", "• An entry", "1. First of all", "夜间柜台开业。", ""]
)
def test_text_is_no_title(line: str) -> None:
    assert read_title([line, "More of it."]).form == TitleForm.MISSING


def test_title_can_end_with_the_name_of_a_company() -> None:
    assert read_title(["About Harbour Logistics Co., Ltd.", "", "It carries parcels."]).title == (
        "About Harbour Logistics Co., Ltd."
    )


@pytest.mark.parametrize(
    "line",
    ["| One | Two | Three |", "One | Two", "| 2019-05-20 | 2019-05-21 |", "Date: soon", "Source: " + "very " * 20],
)
def test_line_with_pipes_or_labels_is_not_always_a_dateline(line: str) -> None:
    found = read_head([TITLE, line, "Body."])

    assert (found.dateline.source, found.dateline.date) == ("", None)


def test_date_below_a_very_long_line_is_no_dateline() -> None:
    assert read_head(["long " * 100, "2019-05-20", "Body."]).dateline.date is None


def test_very_long_first_line_is_no_title() -> None:
    assert read_title(["long " * 100]).form == TitleForm.MISSING
