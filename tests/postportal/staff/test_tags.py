import pytest
from django.http import QueryDict
from django.urls import reverse
from taggit.forms import TagField
from taggit.models import Tag

from postportal.staff.tags import TagSelect
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def test_tag_names_are_ids_even_if_numeric() -> None:
    for name in ("2026", "C++", "rail mail"):
        Tag.objects.create(name=name)

    answer = staff.sign_in(role="Author").get(reverse("admin:tag_names"), {"term": "2"}).json()

    assert answer == {"results": [{"id": "2026", "text": "2026"}], "pagination": {"more": False}}


def test_tag_names_are_paginated() -> None:
    Tag.objects.bulk_create([Tag(name=f"tag {number:02}", slug=f"t{number}") for number in range(25)])
    browser = staff.sign_in()

    pages = [browser.get(reverse("admin:tag_names"), {"page": page}).json() for page in ("1", "2", "99", "x")]

    assert [len(page["results"]) for page in pages] == [20, 5, 5, 20]
    assert [page["pagination"]["more"] for page in pages] == [True, False, False, True]


def test_tag_names_require_the_view_permission() -> None:
    assert staff.sign_in(role="Service desk").get(reverse("admin:tag_names")).status_code == 403


@pytest.mark.parametrize(
    ("selected", "names"),
    [
        (["2026"], ["2026"]),
        (["rail mail", "C++"], ["rail mail", "C++"]),
        (["one, two"], ["one, two"]),
        (['a "quoted" word'], ["a quoted word"]),
        (["云海邮政"], ["云海邮政"]),
        (["", "  "], []),
        ([], []),
    ],
)
def test_selected_names_are_not_split(selected: list[str], names: list[str]) -> None:
    data = QueryDict(mutable=True)
    data.setlist("tags", selected)

    value = TagSelect().value_from_datadict(data, {}, "tags")

    assert sorted(TagField(required=False).clean(value)) == sorted(names)


def test_options_are_the_selected_names() -> None:
    article = news.article(tags=["rail mail", "2026"])

    html = TagSelect().render("tags", article.tags.all())
    rebound = TagSelect().render("tags", '"rail mail","<b>"')

    assert html.count("<option") == 2
    assert '<option value="2026" selected>2026</option>' in html
    assert '<option value="&lt;b&gt;" selected>&lt;b&gt;</option>' in rebound
    assert TagSelect().render("tags", None).count("<option") == 0


def test_tag_list_counts_uses() -> None:
    news.article(tags=["rail"])
    news.article(tags=["rail", "sea"])

    rows = staff.sign_in().get("/admin/taggit/tag/").context["cl"].result_list

    assert {tag.name: tag.uses for tag in rows} == {"rail": 2, "sea": 1}
