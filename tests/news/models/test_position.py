import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tests.factories import news

pytestmark = pytest.mark.django_db


def test_name_has_title_and_organization_in_the_active_language() -> None:
    organization = news.organization("Post Bureau", name_zh="邮政局")
    position = news.position("Director", label_zh="局长", organization=organization)

    assert str(position) == "Director, Post Bureau"
    with translation.override("zh-hans"):
        assert str(position) == "局长, 邮政局"


def test_organization_has_a_position_once_and_with_a_seat() -> None:
    organization = news.organization()
    news.position("Director", organization=organization)

    for fields in ({"label": "Director"}, {"label": "Deputy", "seats": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            news.position(organization=organization, **fields)
