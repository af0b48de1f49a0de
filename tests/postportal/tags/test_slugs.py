import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from taggit.models import Tag

from postportal.tags import slugs as tag_slugs
from postportal.tags.slugs import make_tag_slug
from tests.factories import news

pytestmark = pytest.mark.django_db


def test_tags_without_letters_have_pages() -> None:
    names = ["...", "★", "📮", "新年", "नमस्ते", "T.", "T"]
    article = news.article(tags=names)

    assert Client().get(article.get_absolute_url()).status_code == 200
    slugs = dict(Tag.objects.values_list("name", "slug"))
    assert (slugs["新年"], slugs["नमस्ते"]) == ("新年", "नमस्ते")
    assert {slugs["T"], slugs["T."]} == {"t", "t-2"}
    assert len(set(slugs.values())) == len(names)
    for tag in Tag.objects.all():
        assert Client().get(reverse("news:tag", args=[tag.slug])).status_code == 200


def test_long_names_fit() -> None:
    slugs = [Tag.objects.create(name="邮" * 98 + end).slug for end in ("甲", "乙", "丙")]

    assert slugs == ["邮" * 40, "邮" * 40 + "-2", "邮" * 40 + "-3"]


def test_slug_taken_at_the_same_moment_gets_the_next_number(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Rail.", "Rail?"):
        Tag.objects.create(name=name)
    # The first answers are out of date, as if the other tags had been saved in between.
    answers = ["rail-2", "rail"]
    monkeypatch.setattr(tag_slugs, "make_tag_slug", lambda tag: answers.pop() if answers else make_tag_slug(tag))

    assert Tag.objects.create(name="Rail").slug == "rail-3"


def test_same_name_is_still_refused() -> None:
    Tag.objects.create(name="Rail")

    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(name="Rail")
