import datetime as dt
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from taggit.models import Tag

from news.models import Article
from postportal.search.query import parse
from postportal.search.results import search
from postportal.tags.merging import merge_tags
from postportal.tags.models import FormerSlug
from tests.factories import news, services
from tests.postportal.tags.test_merging import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def _merged() -> None:
    """Three tags of which one is left: 铁路, then railway, then rail."""
    news.article(tags=["Rail", "Railway", "铁路"])
    for kept, merged in (("Railway", "铁路"), ("Rail", "Railway")):
        merge_tags(Tag.objects.get(name=kept), [Tag.objects.get(name=merged)])


@pytest.mark.usefixtures("_merged")
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize("old", ["railway", "铁路"])
@pytest.mark.parametrize("url", ["/news/tag/{}/", "/feeds/news/tag/{}.atom", "/feeds/news/tag/{}.rss"])
def test_urls_of_a_merged_tag_redirect_once_and_keep_the_query(client: Client, prefix: str, old: str, url: str) -> None:
    response = client.get(f"{prefix}{url.format(old)}?year=2021&page=2")

    assert response.status_code == 301
    assert response.headers["Location"] == f"{prefix}{url.format('rail')}?year=2021&page=2"
    assert "max-age=0" in response.headers["Cache-Control"]


@pytest.mark.usefixtures("_merged")
@pytest.mark.parametrize("path", ["/search/", "/zh-hans/search/", "/search/atom/", "/search/csv/", "/api/search"])
def test_filters_redirect_and_keep_the_others(client: Client, path: str) -> None:
    response = client.get(path, {"q": "mail & post", "tag": ["铁路", "night", "railway"], "year": "2021", "page": "1"})

    assert response.status_code == 301
    url = urlsplit(response.headers["Location"])
    assert url.path == path
    assert parse_qsl(url.query) == [
        ("q", "mail & post"),
        ("tag", "rail"),
        ("tag", "night"),
        ("year", "2021"),
        ("page", "1"),
    ]


@pytest.mark.usefixtures("_merged")
@pytest.mark.parametrize("path", ["/stamps/", "/stamps/2016/", "/stamps/year-not-known/"])
def test_themes_of_the_stamp_programme_redirect(client: Client, path: str) -> None:
    services.stamp_issue("Trains", year=2016, number=4)

    response = client.get(f"{path}?type=&theme=railway&page=2")

    assert (response.status_code, response.headers["Location"]) == (301, f"{path}?type=&theme=rail&page=2")


@pytest.mark.usefixtures("_merged")
def test_slug_of_a_later_tag_is_its_own(client: Client) -> None:
    news.article(tags=[Tag.objects.create(name="Railways", slug="railway")])

    assert client.get("/news/tag/railway/").status_code == 200
    assert client.get("/search/?tag=railway").status_code == 200


@pytest.mark.usefixtures("_merged")
def test_page_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/news/tag/nothing/").status_code == 404
    assert client.get("/news/tag/rail/?page=9").status_code == 404
    assert client.get("/search/?tag=a+b").status_code == 200


def test_slugs_that_lead_to_each_other_are_no_circle(client: Client) -> None:
    rail, night = Tag.objects.create(name="Rail"), Tag.objects.create(name="Night")
    FormerSlug.objects.create(tag=rail, slug="night")
    FormerSlug.objects.create(tag=night, slug="rail")

    assert [client.get(f"/news/tag/{slug}/").status_code for slug in ("rail", "night")] == [404, 404]


@pytest.mark.django_db(transaction=True)
def test_typed_filter_finds_a_former_slug() -> None:
    article = news.article("Letter", tags=["Rail", "X-1"])
    kept, merged = (Tag.objects.get(name=name) for name in ("Rail", "X-1"))
    Tag.objects.filter(pk=merged.pk).update(slug="old-slug")
    merged.refresh_from_db()
    merge_tags(kept, [merged])

    assert [hit.pk for hit in search(parse("tag:old-slug"), at=AT)[0:5]] == [article.pk]


def test_url_that_a_tag_had_redirects_to_the_one_it_has(client: Client) -> None:
    news.article(tags=["Railway"])
    tag = Tag.objects.get(name="Railway")
    for slug in ("rail", "trains"):
        tag.slug = slug
        tag.save()

    for former in ("railway", "rail"):
        assert client.get(f"/news/tag/{former}/").headers["Location"] == "/news/tag/trains/"
    assert client.get("/news/tag/trains/").status_code == 200
    tag.slug = "rail"
    tag.save()
    assert client.get("/news/tag/rail/").status_code == 200
    assert client.get("/news/tag/trains/").headers["Location"] == "/news/tag/rail/"


@pytest.mark.usefixtures("_merged")
@pytest.mark.parametrize(
    "url",
    ["/news/tag/railway/", "/feeds/news/tag/railway.atom", "/search/?tag=railway", "/stamps/?theme=railway"],
)
def test_former_slug_does_not_tell_of_a_tag_that_only_hidden_items_have(client: Client, url: str) -> None:
    assert client.get(url).status_code == 301
    Article.objects.update(publish_at=AT + dt.timedelta(days=36_500))

    response = client.get(url)

    assert response.status_code in (200, 404)


@pytest.mark.usefixtures("_merged")
def test_search_does_not_name_a_tag_that_only_hidden_items_have(client: Client) -> None:
    assert b"Rail" in client.get("/search/?q=mail&tag=rail").content
    Article.objects.update(publish_at=AT + dt.timedelta(days=36_500))

    for query in ("?q=mail&tag=rail", "?q=tag:railway", "?q=tag:rail"):
        assert b"Rail" not in client.get(f"/search/{query}").content
