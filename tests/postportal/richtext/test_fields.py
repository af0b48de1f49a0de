import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from news.models import Article
from postportal.richtext.usage import find_rows_containing
from postportal.richtext.widgets import RichTextWidget
from tests.factories import news, pages, services

pytestmark = pytest.mark.django_db
DIRTY, CLEAN = '<p onclick="x()">a</p><script>b</script>', "<p>a</p>"


def test_save_sanitizes_the_row_and_the_object() -> None:
    article = news.article(body=DIRTY)

    assert article.body == CLEAN
    assert Article.objects.values_list("body", flat=True).get() == CLEAN


def test_every_write_is_sanitized() -> None:
    article = news.article()
    body = Article.objects.values_list("body", flat=True)

    Article.objects.filter(pk=article.pk).update(body=DIRTY)
    assert body.get() == CLEAN

    article.body = DIRTY
    Article.objects.bulk_update([article], ["body"])
    assert body.get() == CLEAN

    copy = Article(title="B", slug="b", section=article.section, body=DIRTY)
    Article.objects.all().delete()
    Article.objects.bulk_create([copy])
    assert body.get() == CLEAN


def test_form_field_uses_the_editor_in_the_admin() -> None:
    field = Article._meta.get_field("body").formfield(widget=None)

    assert type(field.widget) is RichTextWidget


def test_editor_without_scripts_is_a_text_area() -> None:
    html = RichTextWidget().render("body", "<p>a & b</p>", {"id": "id_body", "required": True})

    assert "&lt;p&gt;a &amp; b&lt;/p&gt;</textarea>" in html
    assert 'data-library-url="/admin/images/image/library/"' in html
    assert RichTextWidget().use_required_attribute("") is False


def test_usage_finds_every_kind_of_text() -> None:
    article, page = news.article(body="<p>needle</p>"), pages.page(body="<p>a needle</p>")
    person = news.person(biography="<p>Needle</p>")
    news.article(body="<p>hay</p>")

    found = {row for rows in find_rows_containing(["needle"]) for row in rows}

    assert {article, page} <= found <= {article, page, person}


def test_expression_is_passed_to_the_database() -> None:
    issue = services.stamp_issue(where_to_buy="<p>Shop</p>")

    issue.where_to_buy = Concat("where_to_buy", Value("<p>Post</p>"))
    issue.save()

    issue.refresh_from_db()
    assert issue.where_to_buy == "<p>Shop</p><p>Post</p>"
