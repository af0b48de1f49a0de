import datetime as dt
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from postportal.legacy.parsing.page import read_page
from tests.postportal.legacy.captures import (
    FOOTER,
    NAVIGATION,
    STAMP,
    capture_text,
    news_text,
    stamp_text,
    year_list_text,
)

CHROME = (
    *("Postal Business: 8610 11185", "China Post Life: 8610 4008909999", "Postal Equipments", "2019 Stamps"),
    *("京ICP备10203040号", "Powered by HARBOUR POST", "Sitemap"),
)
SAMPLE_LINES = st.sampled_from(
    [
        *NAVIGATION.splitlines(),
        *FOOTER.splitlines(),
        *STAMP.splitlines(),
        *("", "Harbour Post opens", "Harbour Post opens2019-05-20", "| Harbour Post |2019-05-20", "(Harbour Post)"),
        *("• Lanterns2018-7", "• Lanterns ...2018-9", "2018 Stamps", "1. One", "(1) Two", "(a) Three", "海港邮政开业"),
        *(
            "来源：海港邮政 2019年5月20日",
            "http://old.example/html1/report/1/2.htm",
            "Home > News",
            "Print",
            "[condensed]",
        ),
    ]
)
LINES = st.lists(st.one_of(SAMPLE_LINES, st.text(max_size=60)), max_size=30).map("\n".join)


def test_news_is_read() -> None:
    page = read_page(news_text(body="The counter opened on Monday.\n\nIt stays open. [condensed]\n\n(Harbour Post)"))

    assert (page.kind, page.language, page.title_form) == ("news", "en", "twice")
    assert page.title == "Harbour Post opens a night counter"
    assert (page.source_label, page.dateline_on, page.credit) == ("Harbour Post", dt.date(2019, 5, 20), "Harbour Post")
    assert page.body == "<p>The counter opened on Monday.</p><p>It stays open.</p>"
    assert str(page.url) == "english.harbourpost.example/html1/report/1905/77-1.htm"
    assert page.findings == ()


def test_chinese_news_is_read() -> None:
    text = """\
http://www.harbourpost.example/html1/report/1905/78-1.htm
首页
新闻中心
当前位置：首页 > 新闻中心 > 正文
海港邮政开设夜间柜台
来源：海港邮政报 作者：方小舟 时间：2019年5月20日
【字体：大 中 小】
　　夜间柜台于星期一开业。

　　柜台服务：
　　1、寄信
　　2、寄包裹

（海港邮政报）
（责任编辑：陆平）
上一篇：海港邮政买船
版权所有 海港邮政
"""
    page = read_page(text)

    assert (page.kind, page.language, page.title) == ("news", "zh-hans", "海港邮政开设夜间柜台")
    assert (page.source_label, page.author, page.dateline_on) == ("海港邮政报", "方小舟", dt.date(2019, 5, 20))
    assert page.body == "<p>夜间柜台于星期一开业。</p><p>柜台服务：</p><ol><li>寄信</li><li>寄包裹</li></ol>"
    assert (page.credit, page.section_label) == ("海港邮政报", "新闻中心")
    assert page.findings == ("editor credit not imported: “（责任编辑：陆平）”",)


@pytest.mark.parametrize(
    ("url", "title", "kind"),
    [
        ("http://old.example/html1/report/1/2-1.htm", "Harbour Post opens", "news"),
        ("http://old.example/html1/message/1/2-1.htm", "Harbour Post opens", "message"),
        ("http://old.example/html1/report/1/2-1.htm", "Notice on parcels before the holidays", "message"),
        ("http://old.example/html1/report/1/2-1.htm", "Harbour Post notices a trend", "news"),
        ("", "Announcement: the ferry stops", "message"),
        ("", "关于春节期间投递的公告", "message"),
    ],
)
def test_dated_page_is_news_or_a_message(url: str, title: str, kind: str) -> None:
    assert read_page(news_text(title=title, url=url)).kind == kind


def test_section_in_the_breadcrumbs_makes_a_message() -> None:
    assert read_page("Home > Messages > Content\nThe ferry stops\n2019-05-20\n\nIt is repaired.").kind == "message"


def test_section_above_the_title_is_not_the_title() -> None:
    page = read_page(f"{NAVIGATION}Postman Story\nThe man with the mule\n| Harbour Post |2019-05-20\n\nHe walks.")

    assert (page.section_label, page.title) == ("Postman Story", "The man with the mule")


def test_article_that_ends_with_the_data_of_an_issue_is_news() -> None:
    page = read_page(news_text(title="Lanterns on stamps", body=STAMP))

    assert (page.kind, page.stamp) == ("news", None)


def test_page_without_date_is_a_page() -> None:
    page = read_page(
        "http://old.example/html1/category/1/2-1.htm\n\nNight Counters\n\nThey stay open.\n\n• by day\n• by night"
    )

    assert (page.kind, page.title) == ("page", "Night Counters")
    assert page.body == "<p>They stay open.</p><ul><li>by day</li><li>by night</li></ul>"


@pytest.mark.parametrize("url", ["http://old.example/html1/folder/2010/6-1.htm\n\n", ""])
def test_collection_of_entries_is_a_topic_without_a_title(url: str) -> None:
    page = read_page(f"{url}• A letter from the harbour master\n\n    Ships carry words.\n\n    They always did.")

    assert (page.kind, page.title, page.title_form) == ("topic", "", "missing")
    assert page.body == "<h2>A letter from the harbour master</h2><p>Ships carry words.</p><p>They always did.</p>"
    assert page.findings == ("no title",)


def test_collection_in_the_folder_of_pages_is_a_topic() -> None:
    assert (
        read_page("http://old.example/html1/category/1/6.htm\n\n• A letter\n\n    Ships carry words.").kind == "topic"
    )


def test_news_without_a_date_is_recognised_by_its_url() -> None:
    page = read_page("http://old.example/html1/report/1/2-1.htm\nNight counters open\nNight counters open\n\nAt last.")

    assert (page.kind, page.title, page.dateline_on) == ("news", "Night counters open", None)


def test_truncated_title_is_reported() -> None:
    page = read_page(news_text(title="Harbour Post opens a night counter near the..."))

    assert (page.title, page.is_title_truncated) == ("Harbour Post opens a night counter near the", True)
    assert page.findings == ("the title is truncated",)


def test_invalid_date_is_reported() -> None:
    page = read_page(news_text(dateline="| Harbour Post |2019-02-30"))

    assert (page.dateline_on, page.findings) == (None, ("“2019-02-30” is not a valid date",))


@pytest.mark.parametrize("text", ["", "\n\n", NAVIGATION, FOOTER, NAVIGATION + FOOTER, "http://old.example/a.htm"])
def test_page_without_content_is_empty(text: str) -> None:
    assert read_page(text).is_empty


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\x0b", "\u2028"])
def test_kind_of_line_break_makes_no_difference(line_break: str) -> None:
    assert read_page(news_text().replace("\n", line_break)) == read_page(news_text())


def test_invisible_characters_make_no_difference() -> None:
    assert read_page("\ufeff" + news_text().replace("counter", "coun\x00ter\u200b")) == read_page(news_text())


@pytest.mark.parametrize(
    "piece", ["a", "a ", " ", "1. ", "| ", "(", ".", "- -", "2017-3 ", "8610 ", "•\n", "1. a\n", "a: \n", "(2-1) a\n"]
)
def test_reading_time_grows_no_faster_than_the_text(piece: str) -> None:
    text = piece * (30_000 // len(piece)) + "x"
    started = time.process_time()
    read_page(text)
    read_page(news_text(body=text))

    # It takes half a second; with a pattern that backtracks over the text it would take hours.
    assert time.process_time() - started < 60


@given(LINES)
def test_any_text_gives_a_page(text: str) -> None:
    page = read_page(text)

    assert page.kind in {"news", "message", "stamp", "stamp-year-list", "topic", "page"}
    assert page.language in {"en", "zh-hans"}
    assert "\x00" not in page.body
    assert page == read_page(text)


@given(st.lists(st.sampled_from(["One.", "• Two", "1. Three", "", "(a) Four", "Five: 8610 12", "二。"]), max_size=8))
def test_body_never_contains_chrome(lines: list[str]) -> None:
    page = read_page(news_text(body="\n".join(["A first line.", *lines])))

    assert [text for text in CHROME if text in page.body] == []
    assert page.title == "Harbour Post opens a night counter"


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=80))
def test_title_never_contains_chrome(title: str) -> None:
    assume(not any(text in title for text in CHROME))

    page = read_page(news_text(title=title))

    assert [text for text in CHROME if text in page.title] == []


@pytest.mark.parametrize("text", CHROME[2:])
def test_title_can_contain_words_of_the_chrome(text: str) -> None:
    assert read_page(news_text(title=f"All about {text}")).title == f"All about {text}"


@pytest.mark.parametrize("text", [text for text in CHROME if text != "2019 Stamps"])
def test_line_of_chrome_is_no_title(text: str) -> None:
    assert read_page(news_text(title=text)).title == ""


def test_every_kind_reads_the_same_twice() -> None:
    for text in [news_text(), stamp_text(), year_list_text("Lanterns2018-7"), capture_text("A page\n\nIts text.")]:
        assert read_page(text) == read_page(text)


def test_list_of_news_is_no_news() -> None:
    page = read_page(capture_text("News\n• Night counters ...2019-05-20\n• Boats2019-05-19\n<< 1 2 Next >>"))

    assert (page.kind, page.is_index, page.title, page.body) == ("page", True, "News", "")


def test_article_with_a_few_dates_is_no_list() -> None:
    page = read_page(news_text(body="It opened on 2019-05-20\nIt closed on 2019-05-21\nNobody\nknows\nwhy."))

    assert (page.kind, page.is_index) == ("news", False)


def test_undated_message_is_a_message() -> None:
    page = read_page(
        "http://old.example/html1/category/1/2.htm\n\nMessage from the Harbour Master\n\nShips carry words."
    )

    assert (page.kind, page.title) == ("message", "Message from the Harbour Master")
