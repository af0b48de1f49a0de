import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from postportal.outbox.delivery import deliver_all
from postportal.pages.models import Snippet
from postportal.richtext.plain_text import plain_text
from postportal.richtext.sanitize import clean_html
from postportal.richtext.snippets import fill_snippets
from tests.factories import forms, news, pages, staff

pytestmark = pytest.mark.django_db


def block(pk: int) -> str:
    return f'<p><a href="snippet:{pk}">How to claim</a></p>'


def test_block_shows_the_current_text_to_readers_and_the_search(client: Client) -> None:
    snippet = pages.snippet(text="<p>Claim within 30 days.</p>")
    article = news.article(body=f"<p>Lost?</p>{block(snippet.pk)}")
    first = client.get(article.get_absolute_url()).text
    snippet.text = "<p>Claim within 60 days.</p>"
    snippet.save()
    deliver_all()
    article.refresh_from_db()

    assert clean_html(article.body) == article.body
    assert "<p>Claim within 30 days.</p>" in first
    assert "<p>Claim within 60 days.</p>" in client.get(article.get_absolute_url()).text
    assert article.body_text == "Lost?\nClaim within 60 days."


def test_only_a_paragraph_of_its_own_is_replaced() -> None:
    snippet = pages.snippet()
    inline = f'<p>See <a href="snippet:{snippet.pk}">how to claim</a>.</p>'

    assert fill_snippets([inline, block(999)]) == [inline, ""]
    assert plain_text(inline) == "See how to claim."


def test_places_in_a_snippet_are_not_in_the_text_twice_and_hotlines_are_filled_in() -> None:
    target = news.article("Boats")
    snippet = pages.snippet(text=f'<h2 id="s-a">Claims</h2><p><a href="article:{target.pk}">Boats</a></p>')

    page = Client().get(pages.page(body=block(snippet.pk) * 2).get_absolute_url()).text

    assert page.count("<h2>Claims</h2>") == page.count(f'<a href="{target.get_absolute_url()}">Boats</a>') == 2


def test_many_snippets_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    texts = [block(pages.snippet(f"Snippet {number}").pk) for number in range(10)]

    with django_assert_num_queries(1):
        assert fill_snippets(texts) == ["<p>Claim within 30 days.</p>"] * 10
    with django_assert_num_queries(0):
        assert fill_snippets(["<p>snippet:1</p>"]) == ["<p>snippet:1</p>"]


@pytest.mark.parametrize("text", [block(1), '<ol class="notes"><li>Note</li></ol>'])
def test_snippets_and_footnotes_in_snippets_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Snippet(title="Nested", text=text).full_clean()


def test_snippet_in_use_says_where_and_cannot_be_deleted() -> None:
    used, unused = pages.snippet("Used"), pages.snippet("Unused")
    news.article("Lost parcels", body=block(used.pk))
    browser = staff.sign_in(role="Editor")
    form = browser.get(f"/admin/pages/snippet/{used.pk}/change/").content.decode()
    for row in (used, unused):
        browser.post(f"/admin/pages/snippet/{row.pk}/delete/", forms.delete_confirmation(row))

    assert ("Used in 1 text" in form, "Lost parcels" in form) == (True, True)
    assert list(Snippet.objects.all()) == [used]


def test_authors_choose_snippets_and_others_do_not() -> None:
    snippet = pages.snippet()
    answers = [staff.sign_in(role=role).get("/admin/pages/snippet/choices/") for role in ("Author", "Service desk")]

    assert [answer.status_code for answer in answers] == [200, 403]
    assert answers[0].json()["choices"] == [
        {"url": f"snippet:{snippet.pk}", "label": "How to claim (English)", "words": "How to claim"}
    ]
