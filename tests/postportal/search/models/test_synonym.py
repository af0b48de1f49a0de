import pytest
from django.core.exceptions import ValidationError

from postportal.search.models import Synonym


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["", "parcel", "parcel, Parcels", "—, …", "parcel,", ",".join(map(str, range(21)))])
def test_synonym_needs_2_to_20_different_words(words: str) -> None:
    with pytest.raises(ValidationError) as error:
        Synonym(words=words).full_clean()

    assert list(error.value.message_dict) == ["words"]


def test_words_are_normalized() -> None:
    synonym = Synonym(words=" Parcel，package ,parcel; package\n包裹")
    synonym.clean_fields(exclude=["is_one_way"])

    assert synonym.words == "Parcel, package, parcel, 包裹"
