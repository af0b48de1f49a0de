import pytest
from django.core.exceptions import ValidationError

from services.models import Hotline
from services.models.languages import LanguagesFormField, languages_in_words, read_languages
from tests.factories import services


@pytest.mark.parametrize("typed", ["Chinese and English", "chinese, ENGLISH, Chinese", "zh,en", "Chinese、English"])
def test_languages_are_read_by_name_or_code(typed: str) -> None:
    assert read_languages(typed) == ["zh", "en"]


def test_unknown_language_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(ValidationError, match="“Klingon” is not one of the languages known here: Chinese, Cantonese"):
        read_languages("Klingon")


def test_form_shows_names_and_keeps_codes() -> None:
    field = LanguagesFormField(required=False)

    assert (field.prepare_value("zh,en"), field.clean("English"), field.clean("")) == ("Chinese, English", "en", "")
    assert [field.has_changed("zh,en", text) for text in ("Chinese and English", "English", "Klingon")] == [
        *(False, True, True),
    ]
    assert languages_in_words("zh,xx") == "Chinese, xx"


@pytest.mark.django_db
def test_languages_are_stored_as_codes() -> None:
    services.hotline(languages="Chinese and English")

    assert Hotline.objects.get().languages == "zh,en"
