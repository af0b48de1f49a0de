import pytest
from django.core.exceptions import ValidationError

from postportal.search.models import PinnedResult
from tests.factories import pages
from tests.factories import search as make

pytestmark = pytest.mark.django_db


def test_query_without_a_word_is_an_error() -> None:
    with pytest.raises(ValidationError) as error:
        PinnedResult(queries="… , —", kind="article", object_id=1).full_clean()

    assert error.value.message_dict == {"queries": ["Enter at least one word that readers search for."]}


def test_result_matches_each_query_in_any_word_order() -> None:
    row = make.pinned_result("track the parcel, lost letters", pages.page("Tracking"))

    assert list(PinnedResult.objects.for_words(("track", "parcel"))) == [row]
    assert list(PinnedResult.objects.for_words(("parcel", "track"))) == [row]
    assert list(PinnedResult.objects.for_words(("letter", "lost"))) == [row]
    for terms in ((), ("parcel",), ("lost", "track"), ("lost", "letter", "parcel")):
        assert list(PinnedResult.objects.for_words(terms)) == []
