"""Filters of the picture library, and pictures whose licence ends."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from postportal.images.models import Image
from postportal.richtext.handlers import update_text_links
from tests.factories import images, news, services, staff

pytestmark = pytest.mark.django_db


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def titles(**filters: str) -> set[str]:
    answer = staff.sign_in(role="Viewer").get("/admin/images/image/", filters)
    return {row.title for row in answer.context["cl"].result_list}


def used_in(picture: Image, **article: Any) -> Image:
    news.article(lead_image=picture, **article)
    return picture


def test_pictures_that_nothing_uses_are_found() -> None:
    used_in(images.image(title="Lead"))
    services.stamp(services.stamp_issue(), image=images.image(title="Design"))
    inside = images.image(title="Inside")
    article = news.article(body=f'<p><img src="/media/{inside.file.name}" alt="A van"></p>')
    update_text_links("news.article", [article.pk])
    images.image(title="Nowhere")

    assert titles(use="unused") == {"Nowhere"}
    assert titles(use="used") == {"Lead", "Design", "Inside"}


def test_pictures_without_alternative_text_and_of_a_collection_are_found() -> None:
    images.image("", is_decorative=True, title="Border")
    images.image(title="Van", collection="Mountain post")

    assert titles(alternative_text="missing") == {"Border"}
    assert titles(collection="Mountain post") == {"Van"}
    assert titles(q="mountain") == {"Van"}


def test_pictures_are_found_by_the_end_of_their_licence() -> None:
    for title, days in (("Ended", -1), ("Today", 0), ("Soon", 30), ("Later", 31)):
        images.image(title=title, licence_until=in_days(days))
    images.image(title="Endless")

    assert titles(licence="ended") == {"Ended"}
    assert titles(licence="soon") == {"Today", "Soon"}


def test_dashboard_lists_used_pictures_whose_licence_ends() -> None:
    used_in(images.image(title="Soon", licence_until=in_days(30)))
    used_in(images.image(title="Ended", licence_until=in_days(-400)))
    used_in(images.image(title="Later", licence_until=in_days(31)))
    images.image(title="Unused", licence_until=in_days(1))

    entries = staff.sign_in(role="Editor").get("/admin/waiting/licences/").context["items"]

    assert [entry.text for entry in entries] == ["Ended", "Soon"]
    assert entries[0].detail.startswith("licence until ")


def test_picture_of_several_is_uploaded_with_its_collection() -> None:
    fields = {"file": images.upload(), "alt": "A van", "collection": "Mountain post"}

    answer = staff.sign_in(role="Author").post("/admin/images/image/upload/", fields)

    assert (answer.status_code, Image.objects.get().collection) == (201, "Mountain post")
