import pytest

from postportal.pages.search import PageSearchKind
from tests.factories import pages

pytestmark = pytest.mark.django_db


def test_document_has_title_texts_and_language() -> None:
    page = pages.page("关于", path="about", language="zh-hans", standfirst="邮政。", body="<p>信件。</p>")

    (document,) = PageSearchKind().documents([page.pk, 0])

    assert (document.titles, document.texts, document.language) == (("关于",), ("邮政。", "信件。"), "zh-hans")


def test_url_is_in_the_language_of_the_page() -> None:
    kind = PageSearchKind()

    urls = [kind.url({"slug": "about", "language": language}) for language in ("en", "zh-hans")]

    assert urls == ["/about/", "/zh-hans/about/"]
