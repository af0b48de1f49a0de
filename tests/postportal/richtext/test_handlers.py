import pytest
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from postportal.richtext.handlers import linked_urls, update_text_links
from postportal.richtext.models import TextLink
from tests.factories import pages


@pytest.mark.parametrize(
    ("html", "paths"),
    [
        ("", set()),
        ('<p><a href="/about/">About</a> <a href="/about/#history">History</a></p>', {"/about/"}),
        ('<p><a href="/news/?page=2&amp;x=1">Next</a></p>', {"/news/"}),
        (
            '<p><a href="https://example.org/a?b=1#c">Elsewhere</a> <a href="tel:11185">Call</a></p>',
            {"https://example.org/a?b=1"},
        ),
        ('<p><a href="https://post.example/about/?a=b">This site in full</a></p>', {"/about/"}),
        ('<p>In a text: href="/about/"</p>', set()),
        ('<table><tr><td><strong><a href="/a/">A</a></strong></td></tr></table>', {"/a/"}),
        (f'<p><a href="/{"x" * 500}/">Longer than any path of this site</a></p>', set()),
    ],
)
@override_settings(SITE_URL="https://post.example")
def test_linked_urls_are_found_once(html: str, paths: set[str]) -> None:
    assert linked_urls(html) == paths


@pytest.mark.django_db
def test_links_of_many_rows_are_updated_together() -> None:
    first, second, third = (pages.page(title, body='<p><a href="/a/">A</a></p>') for title in ("One", "Two", "Three"))
    rows = [first.pk, second.pk, third.pk]
    update_text_links("pages.page", rows)
    unchanged = TextLink.objects.get(object_id=first.pk)
    type(second).objects.filter(pk=second.pk).update(body='<p><a href="/b/">B</a> <a href="/c/">C</a></p>')
    type(third).objects.filter(pk=third.pk).delete()

    update_text_links("pages.page", rows)

    stored = TextLink.objects.filter(object_id__in=rows).order_by("object_id", "path")
    assert list(stored.values_list("object_id", "path")) == [
        (first.pk, "/a/"),
        (second.pk, "/b/"),
        (second.pk, "/c/"),
    ]
    assert unchanged == TextLink.objects.get(object_id=first.pk)


@pytest.mark.django_db
def test_updating_links_takes_the_same_queries_for_one_row_and_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [pages.page(f"Page {number}", body='<p><a href="/a/">A</a></p>').pk for number in range(20)]
    update_text_links("pages.page", rows)

    for some in (rows[:1], rows):
        with django_assert_num_queries(3):
            update_text_links("pages.page", some)
