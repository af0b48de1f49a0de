import pytest
from django.db import IntegrityError, transaction
from taggit.models import Tag

from postportal.tags.models import FormerSlug, TagSpelling, tag_key

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "key"), [("ÉCOLE", "ecole"), ("'", "'"), ("★", "★"), ("C++", "c++")])
def test_key_is_the_folded_name(name: str, key: str) -> None:
    assert tag_key(name) == key


def test_renamed_tag_has_the_new_spelling_only() -> None:
    tag = Tag.objects.create(name="Rail")
    tag.name = "Ráil\x07way"
    tag.save()

    assert list(TagSpelling.objects.values_list("tag", "folded", "is_own")) == [(tag.pk, "railway", True)]
    assert Tag.objects.get().name == "Ráilway"


def test_no_two_tags_have_one_spelling() -> None:
    Tag.objects.create(name="École")

    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(name="ECOLE")
    assert Tag.objects.count() == 1


def test_tag_takes_the_name_of_a_tag_merged_into_it() -> None:
    tag = Tag.objects.create(name="Rail")
    TagSpelling.objects.create(tag=tag, folded="train")
    tag.name = "Train"
    tag.save()

    assert list(TagSpelling.objects.values_list("folded", "is_own")) == [("train", True)]


def test_spellings_are_found_by_words_and_beginnings() -> None:
    Tag.objects.create(name="Œuvre d’été")

    assert TagSpelling.objects.containing("ete oeuv").count() == 1
    assert TagSpelling.objects.beginning_with("OEUVRE D'É").count() == 1
    assert TagSpelling.objects.tags_by_key(["oeuvre dete", "x"]).keys() == {"oeuvre dete"}
    assert TagSpelling.objects.tags_by_key([]) == {}


@pytest.mark.parametrize("text", ["t.46", "C++", "'", "mail-rail"])
def test_spellings_keep_the_signs_that_names_of_people_lose(text: str) -> None:
    for name in ("T.46", "C++", "'", "Mail-rail", "T46", "C"):
        Tag.objects.create(name=name)

    assert [row.folded for row in TagSpelling.objects.containing(text)] == [text.lower()]


def test_slug_of_a_tag_leads_nowhere_even_if_it_was_that_of_a_merged_tag() -> None:
    first, second = Tag.objects.create(name="Rail"), Tag.objects.create(name="Night")
    FormerSlug.objects.create(tag=first, slug="night")
    FormerSlug.objects.create(tag=second, slug="rail")
    FormerSlug.objects.create(tag=second, slug="é")

    assert FormerSlug.objects.current_slugs(["rail", "night", "e\u0301", "a\x00b", "zzz"]) == {"e\u0301": "night"}
    assert FormerSlug.objects.current_slugs([]) == {}
