"""Galleries, the film and the snippet of the demo, as readers get them."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from news.models import Article
from postportal.demo.content_files import PICTURES_FOLDER
from postportal.demo.film_writer import write_film
from postportal.documents.recordings import check_recording
from postportal.pages.broken_links import BrokenLinks
from postportal.richtext.handlers import update_text_links
from tests.factories import staff


def page(client: Client, slug: str) -> str:
    answer: Any = client.get(Article.objects.get(external_id=f"demo-en-{slug}").get_absolute_url())
    return answer.content.decode()


@pytest.mark.usefixtures("demo")
def test_articles_show_gallery_film_snippet_and_linked_item(client: Client) -> None:
    vans = page(client, "electric-vans-on-half-of-city-rounds")
    lockers = page(client, "parcel-lockers-open-in-240-villages")

    assert page(client, "children-write-to-a-stranger").count('<figure><a href="/media/') == 4
    assert (vans.count('<figure><a href="/media/'), vans.count("<video controls")) == (2, 1)
    assert '<track kind="captions"' in vans
    assert "<summary>Transcript</summary>" in vans
    assert "Keep the receipt and the wrapping." in lockers
    assert "Who brings the parcels: <a" in lockers


@pytest.mark.usefixtures("demo")
def test_report_of_broken_links_has_a_page_of_another_site_that_is_gone() -> None:
    article = Article.objects.get(external_id="demo-en-children-write-to-a-stranger")
    # Nothing is committed, so the outbox does not deliver.
    update_text_links("news.article", [article.pk])

    [item] = [item for item in BrokenLinks().items(staff.account("Editor"), timezone.now()) if "museum" in item.detail]

    assert (item.text, "answered with error 404 on" in item.detail) == (article.title, True)


def test_film_is_a_recording() -> None:
    with (PICTURES_FOLDER / "letters.webp").open("rb") as picture:
        film = write_film([picture, picture])
    check_recording(film, "webm")
    assert len(film) < 100_000
