import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from news.models import Section
from postportal.web.languages import (
    LanguageMiddleware,
    field_language,
    html_language,
    is_chinese,
    localized_column,
    localized_text,
    match_language,
    open_graph_locale,
    other_field_language,
    other_script_text,
)
from tests.factories import news, pages

# A comparison with a language code, or the name of a twin field put together.
CODE_TEST = re.compile(r"""startswith\(\(?["']zh|[!=]= ?["']zh|["']zh[\w-]*["'] ?[!=]=|in \(["']zh|\}_zh\b""")


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "en"), ("/news/", "en"), ("/zh-hans/", "zh-hans"), ("/zh-hans/news/", "zh-hans"), ("/fr/", "en")],
)
def test_url_alone_decides_the_language(rf: RequestFactory, path: str, language: str) -> None:
    seen: list[str | None] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(translation.get_language())
        return HttpResponse()

    request = rf.get(path, headers={"accept-language": "zh-hans"})
    request.COOKIES["django_language"] = "zh-hans"
    response = LanguageMiddleware(view)(request)

    assert (seen, response["Content-Language"], response.has_header("Vary")) == (
        [language],
        html_language(language),
        False,
    )


def texts(row: Section) -> tuple[str, str, str, str]:
    return (
        localized_text(row, "name"),
        field_language(row, "name"),
        other_script_text(row, "name"),
        other_field_language(row, "name"),
    )


def test_chinese_reader_gets_the_chinese_text_if_there_is_one() -> None:
    full, english_only = Section(name="News", name_zh="新闻"), Section(name="Messages")

    with translation.override("zh-hans"):
        assert texts(full) == ("新闻", "zh-Hans", "News", "en")
        assert texts(english_only)[:3] == ("Messages", "en", "")
    assert texts(full) == ("News", "en", "新闻", "zh-Hans")
    assert texts(english_only)[:3] == ("Messages", "en", "")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_database_picks_the_same_text(language: str) -> None:
    rows = [news.section("News", name_zh="新闻"), news.section("Messages")]

    with translation.override(language):
        picked = Section.objects.order_by("pk").values_list(localized_column("name"), flat=True)
        assert list(picked) == [localized_text(row, "name") for row in rows]


@pytest.mark.parametrize(("code", "tag"), [("en", "en"), ("zh-hans", "zh-Hans")])
def test_html_tag_has_the_script_in_title_case(code: str, tag: str) -> None:
    assert html_language(code) == tag


def test_chinese_is_recognized_in_every_spelling() -> None:
    assert [is_chinese(code) for code in ("zh", "zh-hans", "zh-Hans", "en", "")] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en", "en"), ("en_GB", "en"), ("ZH", "zh-hans"), ("zh_CN", "zh-hans"), ("zh-Hans", "zh-hans"), ("zh-TW", None)],
)
def test_tag_means_a_language_of_the_portal_or_none(tag: str, language: str | None) -> None:
    assert match_language(tag) == language


def test_language_codes_are_read_in_one_module() -> None:
    modules = [path for name in ("postportal", "news", "services") for path in (settings.BASE_DIR / name).rglob("*.py")]
    reading = [path.relative_to(settings.BASE_DIR) for path in modules if CODE_TEST.search(path.read_text("utf-8"))]

    assert reading == [Path("postportal/web/languages.py")]


@pytest.mark.parametrize(
    ("tag", "locale"), [("en", "en_GB"), ("zh-Hans", "zh_CN"), ("zh-Hant", "zh_TW"), ("pt-BR", "pt_BR")]
)
def test_open_graph_locale_names_language_and_territory(tag: str, locale: str) -> None:
    assert open_graph_locale(tag) == locale


@pytest.mark.django_db
def test_translations_make_no_circle_and_no_chain() -> None:
    original = pages.page()
    chinese = pages.page(language="zh-hans", translation_of=original)
    cases = [
        (original, original, "An item cannot be a translation of itself."),
        (original, chinese, "An item cannot be a translation of itself."),
        (pages.page(), original, "A translation must be in a different language from its original."),
        (
            original,
            pages.page(language="zh-hans"),
            "Other items are translations of this one, so it must be the original.",
        ),
    ]
    for page, translation_of, message in cases:
        page.translation_of = translation_of
        with pytest.raises(ValidationError) as error:
            page.full_clean()
        assert error.value.message_dict["translation_of"] == [message]

    other = pages.page(language="zh-hans", translation_of=chinese)
    other.full_clean()
    assert other.translation_of == original
