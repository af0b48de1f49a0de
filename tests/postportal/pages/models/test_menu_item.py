import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from postportal.pages.models import MenuItem
from tests.factories import pages

pytestmark = pytest.mark.django_db


def test_year_is_filled_into_label_and_url() -> None:
    item = pages.menu_item("{year} Stamps", "/stamps/{year}/", label_zh="{year}年邮票")

    assert (item.label_for_year(2026), item.address_for_year(2026)) == ("2026 Stamps", "/stamps/2026/")
    with translation.override("zh-hans"):
        assert item.label_for_year(2026) == "2026年邮票"


def test_items_are_sorted_by_place_and_order() -> None:
    for label, place, order in (("c", "header", 2), ("b", "header", 1), ("a", "footer-1", 9)):
        pages.menu_item(label, place=place, order=order)

    assert [item.label for item in MenuItem.objects.in_order()] == ["a", "b", "c"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example/", "about"])
def test_unsafe_url_is_refused(url: str) -> None:
    with pytest.raises(ValidationError) as error:
        pages.menu_item(address=url).full_clean()

    assert list(error.value.message_dict) == ["address"]
