from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from postportal.publishing.models import State
from tests.factories import documents, news, pages, services, staff

pytestmark = pytest.mark.django_db
URL = "/admin/link-choices/"


def choices(*, role: str = "", **query: str) -> list[tuple[str, str, bool]]:
    found = staff.sign_in(role=role).get(URL, query).json()["choices"]
    return [(each["url"].partition(":")[0], each["words"], each["is_public"]) for each in found]


def test_every_kind_is_found_by_its_name_with_the_words_of_a_link() -> None:
    news.article("Horse mail")
    news.person("Horse")
    news.organization("Horse Mail Society")
    pages.page("Horse relay")
    services.stamp_issue("Horses")
    hotline = services.hotline("Horse transport")
    services.short_code_number(hotline)
    document = documents.document("Horse passport")

    found = choices(q="horse")

    assert {kind for kind, _words, _is_public in found} == {
        *("article", "person", "organization", "page", "stampissue", "hotline", "document")
    }
    assert all(is_public for _kind, _words, is_public in found)
    words = {kind: words for kind, words, _is_public in found}
    assert (words["article"], words["hotline"]) == ("Horse mail", "11185")
    assert words["document"].startswith(str(document))


def test_draft_is_marked_and_its_title_is_not_offered_as_words() -> None:
    draft = news.article("Merger", state=State.DRAFT)

    found = staff.sign_in().get(URL, {"q": "mer"}).json()["choices"]

    assert found == [
        {
            "url": f"article:{draft.pk}",
            "label": "Merger",
            "kind": "Article",
            "detail": found[0]["detail"],
            "words": "",
            "is_public": False,
        }
    ]
    assert found[0]["detail"].startswith("Draft, ")


def test_reference_is_described() -> None:
    row = pages.page("Claims")
    pages.page("Other")

    assert choices(url=f"page:{row.pk}") == [("page", "Claims", True)]
    assert choices(url="page:999999") == []
    assert choices(url="/claims/") == choices(q=" ") == choices() == []


def test_nobody_is_offered_what_they_may_not_view() -> None:
    draft = pages.page("Claims", state=State.DRAFT)
    news.article("Claims and complaints", state=State.DRAFT)

    seen = choices(role="Author", q="claims"), choices(role="Author", url=f"page:{draft.pk}")

    assert [[kind for kind, _words, _is_public in found] for found in seen] == [["article"], []]


def test_readers_are_sent_to_the_login(client: Any) -> None:
    assert client.get(URL, {"q": "a"}).status_code == 302
    assert staff.sign_in().post(URL).status_code == 405


def test_queries_do_not_grow_with_the_results(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(12):
        for make in (news.article, pages.page, news.organization):
            make(f"Horse {number}")
    client = staff.sign_in()

    with django_assert_max_num_queries(30):
        assert len(client.get(URL, {"q": "horse"}).json()["choices"]) == 15
