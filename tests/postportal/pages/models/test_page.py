import pytest
from django.core.exceptions import ValidationError

from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["about", "about/history", "terms-2026", "über", "关于我们/历史"])
def test_path_of_words_is_valid(path: str) -> None:
    pages.page(path=path).full_clean()


@pytest.mark.parametrize(
    "path", ["ABC ../about", "../about", "about\n", "a//b", "-about", "Über", "a_b", "about?x=1", "//evil", "/about/"]
)
def test_other_path_is_invalid(path: str) -> None:
    with pytest.raises(ValidationError) as error:
        pages.page(path=path).full_clean()

    assert list(error.value.message_dict) == ["path"]


@pytest.mark.parametrize(
    "path",
    ["news", "people", "stamps/2026", "contact", "search", "zh-hans", "zh-hans/about", "static", "media/a", "admin/x"],
)
def test_path_of_another_view_is_reserved(path: str) -> None:
    page = pages.page(path=path)

    with pytest.raises(ValidationError) as error:
        page.full_clean()
    assert list(error.value.message_dict) == ["path"]
