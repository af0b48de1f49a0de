import datetime as dt
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from postportal.templatetags.portal import other_field_language
from tests.factories import images, news, pages, services, staff

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 20)


def render(source: str, **context: Any) -> str:
    return engines["django"].from_string(source).render(context, RequestFactory().get("/"))


def test_picture_is_an_img_element_or_nothing() -> None:
    source = '{% picture image "row" %}'

    assert render(source, image=images.image("A bridge")).startswith('<img src="')
    assert render(source, image=None) == ""


def test_postmark_shows_the_day_and_the_place_of_the_site() -> None:
    pages.site_settings(postmark_place="YUNHAI", postmark_place_zh="云海")

    html = render('{% postmark day key="lead" %}', day=DAY)

    for text in (">YUNHAI<", ">云海<", ">2026<", ">20 MAR<", 'id="ring-a-lead"'):
        assert text in html


def test_postmark_without_a_place_shows_the_name_of_the_site() -> None:
    pages.site_settings(name="Yunhai Post", postmark_place="", name_zh="云海邮政", postmark_place_zh="")

    html = render('{% postmark day key="lead" %}', day=DAY)

    assert [text in html for text in (">YUNHAI POST<", ">云海邮政<")] == [True, True]


def test_postmark_has_its_own_text_and_no_waves_if_asked() -> None:
    source = '{% postmark day key="first" ring="FIRST DAY" ring_zh="首日" waves=waves %}'

    with_waves, without = render(source, day=DAY, waves=True), render(source, day=DAY, waves=False)

    assert (">FIRST DAY<" in without, ">首日<" in without) == (True, True)
    assert ("stroke-linecap" in with_waves, "stroke-linecap" in without) == (True, False)


@pytest.mark.parametrize(
    ("language", "text", "tag", "other_tag"),
    [("en", "Mail Roads", "en", "zh-Hans"), ("zh-hans", "高原邮路", "zh-Hans", "en")],
)
def test_field_is_in_the_language_of_the_page(language: str, text: str, tag: str, other_tag: str) -> None:
    issue = services.stamp_issue("Mail Roads", title_zh="高原邮路")

    with translation.override(language):
        shown = render("{{ issue|localized:'title' }}/{{ issue|field_language:'title' }}", issue=issue)
        assert shown == f"{text}/{tag}"
        assert other_field_language(issue, "title") == other_tag


def test_field_without_a_chinese_text_is_marked_as_english() -> None:
    issue = services.stamp_issue("Mail Roads")

    with translation.override("zh-hans"):
        shown = render("{{ issue|localized:'title' }}/{{ issue|field_language:'title' }}", issue=issue)

    assert shown == "Mail Roads/en"


def test_staff_name_is_the_full_name_else_the_username_else_a_note() -> None:
    full, short = staff.account(first_name="He", last_name="Lan"), staff.account(username="helan")

    shown = [render("{{ user|staff_name }}", user=user) for user in (full, short, None)]

    assert shown == ["He Lan", "helan", "deleted account"]


def test_language_tag_is_written_as_in_html() -> None:
    assert render("{{ article.language|html_lang }}", article=news.article(language="zh-hans")) == "zh-Hans"


def test_text_over_several_lines_becomes_one_line() -> None:
    text = render("{% one_line as title %}\n  {{ name }},\n  page 2\n{% end_one_line %}{{ title }}", name="A & B")

    assert text == "A &amp; B, page 2"
