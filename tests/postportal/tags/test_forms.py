from typing import Any

import pytest
from taggit.models import Tag

from postportal.tags.forms import TagForm
from tests.factories import forms, staff

pytestmark = pytest.mark.django_db
ADD = "/admin/taggit/tag/add/"


def test_form_refuses_a_name_that_folds_to_another() -> None:
    Tag.objects.create(name="École")

    form = TagForm({"name": "ECO\u00adLE", "slug": "ecole-2"})

    assert form.errors["name"] == ["The tag “École” already has this name. Choose another name."]


@pytest.mark.parametrize(
    ("fields", "slug"),
    [
        ({"name": "★", "slug": ""}, "tag-"),
        ({"name": "rail!", "slug": ""}, "rail-2"),
        ({"name": "Post", "slug": "नमस्ते"}, "नमस्ते"),
        ({"name": "Post", "slug": "e\u0301"}, "é"),
    ],
)
def test_form_makes_or_takes_the_slug(fields: Any, slug: str) -> None:
    Tag.objects.create(name="Rail")

    staff.sign_in().post(ADD, fields)

    assert Tag.objects.get(name=fields["name"]).slug.startswith(slug)


def test_blank_slug_of_a_stored_tag_is_made_again() -> None:
    tag = Tag.objects.create(name="Rail", slug="old")

    browser, url = staff.sign_in(), f"/admin/taggit/tag/{tag.pk}/change/"
    browser.post(url, forms.fill_form(browser, url, slug=""))

    tag.refresh_from_db()
    assert tag.slug == "rail"


@pytest.mark.parametrize("slug", ["rail", "a b", "a/b", "★"])
def test_form_refuses_a_slug_that_is_taken_or_no_slug(slug: str) -> None:
    Tag.objects.create(name="Rail")

    answer = staff.sign_in().post(ADD, {"name": "Post", "slug": slug})

    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == ["slug"]
