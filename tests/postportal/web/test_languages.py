import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from news.models import Section
from postportal.web.languages import LanguageMiddleware, html_language, localized_text


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "en"), ("/news/", "en"), ("/zh-hans/", "zh-hans"), ("/zh-hans/news/", "zh-hans"), ("/fr/", "en")],
)
def test_the_address_alone_decides_the_language(rf: RequestFactory, path: str, language: str) -> None:
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


def test_chinese_reader_gets_chinese_where_there_is_any() -> None:
    full, half = Section(name="News", name_zh="新闻"), Section(name="Messages")

    with translation.override("zh-hans"):
        assert [localized_text(row, "name") for row in (full, half)] == ["新闻", "Messages"]
    assert localized_text(full, "name") == "News"


@pytest.mark.parametrize(("code", "tag"), [("en", "en"), ("zh-hans", "zh-Hans")])
def test_html_names_the_script(code: str, tag: str) -> None:
    assert html_language(code) == tag
