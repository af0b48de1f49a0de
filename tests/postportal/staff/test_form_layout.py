"""Columns and folded parts of the long forms."""

import pytest

from postportal.staff.permissions import change_url
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def test_text_comes_first_and_facts_stand_beside_it() -> None:
    layout = staff.sign_in().get(change_url(news.article("Boats"))).context["layout"]

    assert [next(iter(fieldset.fields)) for _number, fieldset in layout.text][:2] == ["title", "expire_at"]
    assert [next(iter(fieldset.fields)) for _number, fieldset in layout.facts] == ["lead_image", "dateline_on", "tags"]
    assert [inline.formset.prefix for inline in layout.facts_inlines] == ["mentions"]


def test_folded_part_says_its_values() -> None:
    article = news.article("Boats", slug="boats", credit="Rail Mail Division", correction="")

    page = staff.sign_in().get(change_url(article)).content.decode()

    assert '<span class="fold-value">Rail Mail Division</span>' in page
    assert '<span class="fold-value">boats, English</span>' in page
    assert '<span class="fold-value">None</span>' in page
