"""Places of comments: found again after edits, or known to be gone."""

import pytest

from postportal.publishing.models import Comment
from postportal.publishing.workflow.comment_places import Place, find, is_lost, locate, squash, texts_of
from tests.factories import editorial, news, staff

TEXT = "<p>The van leaves at 9. In winter the van leaves at <b>1</b>0.</p><p>Nobody knows why.</p>"
TEXTS = {"title": "The van", "body": TEXT}


def comment(place: Place) -> Comment:
    return Comment(field=place.field, quote=place.quote, before=place.before, after=place.after)


def test_words_are_found_across_markup_and_white_space() -> None:
    place = locate(Place(quote="leaves at 10.\n Nobody"), TEXTS)

    assert (place.field, place.after) == ("body", "knowswhy.")
    assert not is_lost(comment(place), TEXTS)


def test_of_equal_words_those_in_the_same_surroundings_are_meant() -> None:
    place = Place("body", "the van leaves", before="at 9. In winter", after="at 10")
    changed = TEXT.replace("The van leaves at 9.", "the van leaves at 8, and the van leaves late.")

    text = squash(changed)
    start = find(text, place)

    assert start is not None
    assert text[:start].endswith("Inwinter")


@pytest.mark.parametrize("body", ["", "<p>The van leaves at noon.</p>", "<p>10</p>"])
def test_words_that_are_gone_are_lost(body: str) -> None:
    place = locate(Place(quote="leaves at 10"), TEXTS)

    assert is_lost(comment(place), {"body": body})


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(quote="not in it"), Place(quote="not in it")),
        (Place(field="created_by", quote="van", before="x"), Place(quote="van")),
        (Place(quote="(.*+?[", before="\\"), Place(quote="(.*+?[", before="\\")),
        (Place(quote="  "), Place(quote="  ")),
    ],
)
def test_place_that_is_not_in_the_text_keeps_its_words_alone(place: Place, expected: Place) -> None:
    assert locate(place, TEXTS) == expected
    assert is_lost(comment(expected), TEXTS) or not squash(expected.quote)


@pytest.mark.django_db
def test_places_are_looked_for_in_the_unpublished_text() -> None:
    article = news.article("Live", body="<p>Old words.</p>")
    editorial.correction(article, by=staff.account("Editor"), body="<p>New words.</p>")

    texts = texts_of(article)

    assert texts["body"] == "<p>New words.</p>"
    assert {"title", "standfirst", "body"} == set(texts)
