import pytest
from django.core.exceptions import ValidationError

from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["about", "about/history", "terms-2026"])
def test_page_has_an_address_of_words(path: str) -> None:
    pages.page(path=path).full_clean()


@pytest.mark.parametrize(
    "path", ["ABC ../about", "../about", "about\n", "a//b", "-about", "über", "about?x=1", "//evil", "/about/"]
)
def test_page_has_no_other_address(path: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        pages.page(path=path).full_clean()

    assert list(refusal.value.message_dict) == ["path"]


@pytest.mark.parametrize("path", ["news", "people", "stamps/2026", "contact", "search"])
def test_page_cannot_hide_behind_the_portal(path: str) -> None:
    page = pages.page(path=path)

    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert list(refusal.value.message_dict) == ["path"]
