"""Replacement of the file of a picture: everything follows, the old file ends, and it can be brought back."""

import re
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from postportal.images.handlers import build_renditions
from postportal.images.models import DeletedFile, Image
from postportal.images.public_uses import count_public_uses
from postportal.publishing.models import State
from postportal.richtext.handlers import update_text_links
from tests.factories import forms, images, news, staff

pytestmark = pytest.mark.django_db


def form_of(image: Image) -> str:
    return reverse("admin:images_image_change", args=[image.pk])


def replace(image: Image, *, role: str = "Editor", **fields: Any) -> Any:
    browser, url = staff.sign_in(role=role), form_of(image)
    return browser.post(url, forms.fill_form(browser, url, **{"file": images.upload(size=(90, 60)), **fields}))


def in_text(image: Image, **article: Any) -> Any:
    """Return an article with the picture in its text, as the outbox leaves it."""
    row = news.article(body=f'<figure><img src="/media/{image.file.name}" alt="A van"></figure>', **article)
    update_text_links("news.article", [row.pk])
    return row


def get(client: Client, url: str) -> Any:
    """Return the response, read to its end."""
    response: Any = client.get(url)
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def body_of(client: Client, article: Any) -> str:
    return client.get(article.get_absolute_url()).content.decode()


def test_uses_follow_and_the_old_file_leads_to_the_new_one(client: Client) -> None:
    image = images.image(file=images.upload(size=(40, 30)))
    build_renditions("images.image", image.pk)
    image.refresh_from_db()
    article = in_text(image, lead_image=image)
    old, renditions = image.file.name, image.current_file_names()

    assert replace(image, replaces_public="on").status_code == 302
    build_renditions("images.image", image.pk)
    image.refresh_from_db()
    page = body_of(client, article)

    assert (image.width, image.height, old != image.file.name) == (90, 60, True)
    assert re.findall(r"images/../[0-9a-f]{24}", page) != []
    assert set(re.findall(r"images/../[0-9a-f]{24}", page)) == {image.stem}
    for name in renditions:
        answer = get(client, f"/media/{name}")
        assert (answer.status_code, answer["Location"].startswith(f"/media/{image.stem}")) == (302, True)
        assert get(client, answer["Location"]).status_code == 200
    assert default_storage.exists(old)


@pytest.mark.parametrize("role", ["", "Service desk", "Editor"])
def test_replaced_file_of_a_hidden_picture_stays_hidden(role: str) -> None:
    image = images.image()
    old = image.file.name
    in_text(image, state=State.DRAFT)
    assert replace(image).status_code == 302

    answer = get(staff.sign_in(staff.account(role)), f"/media/{old}")

    assert answer.status_code == (302 if role == "Editor" else 404)
    if role == "Editor":
        assert answer["Cache-Control"] == "private, no-store"


def test_replaced_file_is_not_public_by_a_text_that_still_names_it(client: Client) -> None:
    image = images.image()
    old = image.file.name
    article = in_text(image)
    replace(image, replaces_public="on")
    # A copy of the text with the old name is saved later.
    article.save()
    update_text_links("news.article", [article.pk])

    image.refresh_from_db()
    assert get(client, f"/media/{old}").status_code == 302
    assert get(client, f"/media/{image.file.name}").status_code == 200
    assert count_public_uses(image, at=timezone.now()) == 1


def test_replacement_that_readers_see_is_confirmed_by_an_editor() -> None:
    image = images.image()
    name = image.file.name
    in_text(image, lead_image=image)

    page = replace(image).content.decode()
    assert "Replace the file in all 2 places where readers see it" in page
    assert "Confirm that readers get the new file" in page
    assert "Only editors can replace its file" in replace(image, role="Author", replaces_public="on").content.decode()

    image.refresh_from_db()
    assert image.file.name == name
    assert replace(image, replaces_public="on").status_code == 302


def test_author_replaces_a_picture_that_nobody_sees() -> None:
    image = images.image()
    name = image.file.name

    assert replace(image, role="Author").status_code == 302

    image.refresh_from_db()
    assert image.file.name != name
    assert image.files.get(name=image.file.name).uploaded_by is not None


def test_earlier_file_is_brought_back(client: Client) -> None:
    image = images.image(file=images.upload(size=(40, 30)))
    first = image.file.name
    article = in_text(image)
    replace(image, replaces_public="on")
    image.refresh_from_db()
    second, earlier = image.file.name, image.files.get(name=first)

    assert replace(image, file="", earlier_file=earlier.pk, replaces_public="on").status_code == 302

    image.refresh_from_db()
    assert (image.file.name, image.width, image.height) == (first, 40, 30)
    assert get(client, f"/media/{first}").status_code == 200
    assert get(client, f"/media/{second}")["Location"] == f"/media/{first}"
    assert str(first) in body_of(client, article)


def test_new_and_earlier_file_at_once_are_refused() -> None:
    image = images.image()
    replace(image)
    earlier = image.files.exclude(name=Image.objects.get().file.name).get()

    assert "either a new file or an earlier one" in replace(image, earlier_file=earlier.pk).content.decode()


def test_staff_open_earlier_files() -> None:
    image = images.image()
    replace(image)
    url = reverse("admin:images_image_file", args=[image.pk, image.files.first().pk])  # type: ignore[union-attr]

    answer = get(staff.sign_in(role="Viewer"), url)

    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
    assert staff.sign_in(role="Service desk").get(url).status_code == 403


def test_history_brings_the_version_with_its_file_back() -> None:
    from postportal.publishing.versions import snapshots

    image = images.image(file=images.upload(size=(40, 30)))
    content, first = snapshots.serialize(image), image.file.name
    replace(image)
    image.refresh_from_db()

    snapshots.apply_content(image, content)

    image.refresh_from_db()
    assert (image.file.name, image.width) == (first, 40)


def test_deleting_a_picture_keeps_earlier_files_for_a_while(django_capture_on_commit_callbacks: Any) -> None:
    image = images.image()
    replace(image)
    image.refresh_from_db()
    names = image.file_names()

    with django_capture_on_commit_callbacks(execute=True):
        image.delete()

    assert (len(names) > 1, {name for name in names if default_storage.exists(name)}) == (True, names)
    assert set(DeletedFile.objects.values_list("name", flat=True)) == names
