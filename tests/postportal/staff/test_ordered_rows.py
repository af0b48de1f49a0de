"""Rows that can be moved: the numbers are fields of forms and lists, the buttons move what they name."""

from typing import Any

import pytest

from news.models import Mention
from postportal.pages.models import MenuItem
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db
LIST = "/admin/pages/menuitem/"


def menu(*labels: str) -> None:
    for number, label in enumerate(labels, start=1):
        MenuItem.objects.create(label=label, address=f"/{label.lower()}/", order=number)


def test_list_has_buttons_that_name_their_row_and_numbers_for_everybody_who_may_move() -> None:
    menu("News", "Stamps")

    page = staff.sign_in().get(LIST).content.decode()
    viewed = staff.sign_in(role="Viewer").get(LIST)

    assert page.count('data-order-field="order" data-order-group="header"') == 2
    assert "Move up News" in page
    assert 'type="number" name="form-0-order"' in page
    assert "data-order-field" not in viewed.content.decode()


def test_export_of_the_list_has_no_column_of_buttons() -> None:
    menu("News")

    answer: Any = staff.sign_in().post(f"{LIST}export-list/csv/")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == '"ID","Label","Place","Order","Label in Chinese","URL"'


def test_rows_of_a_form_are_moved_by_their_numbers() -> None:
    article = news.article("Summit")
    people = [news.person(name) for name in ("Ma", "Liu")]
    rows = [Mention.objects.create(article=article, person=person, order=n) for n, person in enumerate(people, start=1)]
    client, url = staff.sign_in(), f"/admin/news/article/{article.pk}/change/"
    page = client.get(url).content.decode()

    changes: dict[str, Any] = {"mentions-0-order": 2, "mentions-1-order": 1}
    client.post(url, forms.fill_form(client, url, **changes))
    reordered = client.get(url).content.decode()

    assert page.index(f"Move up {rows[0]}") < page.index(f"Move up {rows[1]}")
    assert reordered.index(f"Move up {rows[1]}") < reordered.index(f"Move up {rows[0]}")
