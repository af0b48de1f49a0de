import datetime as dt
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from news.models import Article, Source
from postportal.legacy.models import Capture
from postportal.legacy.report import ImportStatus
from postportal.pages.models import Redirect
from postportal.publishing.models import State
from tests.factories import news as factories
from tests.postportal.legacy.captures import capture_text, news_text
from tests.postportal.legacy.conftest import IMPORTED_AT, ImportText

pytestmark = pytest.mark.django_db
LATER = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)


def test_news_becomes_a_published_article(import_text: ImportText) -> None:
    report = import_text(news_text(body="The counter opened <b>on Monday</b>.\n\n(Harbour Post)"))

    article = Article.objects.get()
    assert (report.status, report.findings) == (ImportStatus.CREATED, [])
    assert article.title == "Harbour Post opens a night counter"
    assert article.body == "<p>The counter opened &lt;b&gt;on Monday&lt;/b&gt;.</p>"
    assert article.body_text == "The counter opened <b>on Monday</b>."
    assert (article.section.name, str(article.source), article.credit) == ("News", "Harbour Post", "Harbour Post")
    assert (article.language, article.dateline_on, article.state) == ("en", dt.date(2019, 5, 20), State.PUBLISHED)
    assert timezone.localtime(article.publish_at) == dt.datetime(2019, 5, 20, 9, tzinfo=timezone.get_default_timezone())
    assert article.get_absolute_url() == "/news/2019/05/20/harbour-post-opens-a-night-counter/"


def test_capture_has_text_hash_and_item(import_text: ImportText) -> None:
    import_text(news_text(), name="night.txt")

    capture = Capture.objects.get()
    assert (capture.host, capture.path) == ("english.harbourpost.example", "/html1/report/1905/77-1.htm")
    assert (capture.raw_text, capture.file_name, capture.kind, capture.item) == (
        news_text(),
        "night.txt",
        "news",
        Article.objects.get(),
    )
    assert len(capture.sha256) == 64
    assert str(capture) == "english.harbourpost.example/html1/report/1905/77-1.htm"


def test_old_url_redirects_to_the_article(import_text: ImportText) -> None:
    import_text(news_text())

    redirect = Redirect.objects.get()
    assert (redirect.old_host, redirect.old_path) == ("english.harbourpost.example", "/html1/report/1905/77-1.htm")
    assert redirect.target == Article.objects.get()
    for host in ("www.harbourpost.example", "127.0.0.1"):
        found = Redirect.objects.for_address(host=host, path="/html1/report/1905/77-1.htm").first()
        assert found == redirect


def test_old_bookmark_is_redirected_to_the_article(import_text: ImportText, client: Client) -> None:
    import_text(news_text(), at=IMPORTED_AT)

    answer = client.get("/html1/report/1905/77-1.htm")

    assert (answer.status_code, answer["Location"]) == (301, "/news/2019/05/20/harbour-post-opens-a-night-counter/")
    assert client.get(answer["Location"]).status_code == 200


def test_second_import_changes_nothing(import_text: ImportText) -> None:
    import_text(news_text())
    before = Article.objects.values().get()

    report = import_text(news_text(), at=LATER)

    assert (report.status, report.findings) == (ImportStatus.UNCHANGED, [])
    assert Article.objects.values().get() == before
    assert (Capture.objects.count(), Redirect.objects.count()) == (1, 1)


def test_reimport_of_the_same_file_changes_nothing(import_text: ImportText) -> None:
    import_text(news_text())

    assert import_text(news_text(), reimport=True).status == ImportStatus.UNCHANGED


def test_changed_text_updates_the_article(import_text: ImportText) -> None:
    import_text(news_text())

    report = import_text(news_text(body="The counter closed again."), at=LATER)

    article = Article.objects.get()
    assert (report.status, article.body) == (ImportStatus.UPDATED, "<p>The counter closed again.</p>")
    assert Capture.objects.get().imported_at == LATER


def test_corrected_title_keeps_the_url(import_text: ImportText) -> None:
    import_text(news_text())

    import_text(news_text(title="Harbour Post opens two night counters"))

    article = Article.objects.get()
    assert article.title == "Harbour Post opens two night counters"
    assert article.get_absolute_url() == "/news/2019/05/20/harbour-post-opens-a-night-counter/"


def test_corrected_date_redirects_the_former_url(import_text: ImportText) -> None:
    import_text(news_text())

    import_text(news_text(dateline="| Harbour Post |2019-05-21"))

    article = Article.objects.get()
    assert article.get_absolute_url() == "/news/2019/05/21/harbour-post-opens-a-night-counter/"
    moved = Redirect.objects.get(old_host="")
    assert (moved.old_path, moved.target) == ("/news/2019/05/20/harbour-post-opens-a-night-counter/", article)


@pytest.mark.parametrize("field", ["title", "body", "credit", "state"])
def test_edited_article_is_not_changed(import_text: ImportText, field: str) -> None:
    import_text(news_text())
    article = Article.objects.get()
    setattr(article, field, State.DRAFT if field == "state" else "Edited")
    article.save()
    before = Article.objects.values().get()

    report = import_text(news_text(body="The counter closed again."))

    assert (report.status, report.findings) == (ImportStatus.KEPT, ["not changed: edited since the import"])
    assert Article.objects.values().get() == before


def test_deleted_article_is_not_created_again(import_text: ImportText) -> None:
    import_text(news_text())
    Article.objects.get().delete()

    assert import_text(news_text()).findings == ["the imported item has been deleted and is not created again"]
    assert import_text(news_text(body="Another text.")).findings == [
        "the imported item has been deleted and is not created again"
    ]
    assert Article.objects.count() == 0


def test_article_that_was_there_by_other_hands_is_left_alone(import_text: ImportText) -> None:
    article = factories.article(
        "HARBOUR POST opens a night counter", dateline_on=dt.date(2019, 5, 20), body="<p>Ours.</p>"
    )

    report = import_text(news_text())

    assert (report.status, report.findings) == (ImportStatus.KEPT, ["not changed: it existed before"])
    assert Article.objects.get().body == "<p>Ours.</p>"
    assert Redirect.objects.get().target == article


def test_item_that_the_old_url_redirects_to_is_used(import_text: ImportText) -> None:
    article = factories.article("In our own words", body="<p>Ours.</p>")
    Redirect.objects.create(
        old_host="english.harbourpost.example", old_path="/html1/report/1905/77-1.htm", target=article
    )

    assert import_text(news_text()).status == ImportStatus.KEPT
    assert Article.objects.get() == article


def test_same_page_on_another_host_is_the_same_article(import_text: ImportText) -> None:
    import_text(news_text())

    import_text(news_text(url="http://www.harbourpost.example/html1/report/1905/77-1.htm"))

    assert Article.objects.count() == 1
    assert {redirect.target for redirect in Redirect.objects.order_by("pk")} == {Article.objects.get()}
    assert Redirect.objects.count() == 2


def test_page_first_imported_without_a_url_is_recognised(import_text: ImportText) -> None:
    import_text(news_text(url=""))

    report = import_text(news_text(body="The counter closed again."))

    assert report.status == ImportStatus.UPDATED
    assert (Article.objects.count(), Capture.objects.count(), Capture.objects.get().path) == (
        1,
        1,
        "/html1/report/1905/77-1.htm",
    )


def test_articles_of_one_date_with_similar_titles_have_different_slugs(import_text: ImportText) -> None:
    import_text(news_text(title="Night counter!"))
    import_text(news_text(title="Night counter?", url="http://old.example/html1/report/1905/78-1.htm"))

    assert sorted(Article.objects.values_list("slug", flat=True)) == ["night-counter", "night-counter-2"]


def test_article_without_a_date_is_a_draft(import_text: ImportText) -> None:
    report = import_text(news_text(dateline=""))

    article = Article.objects.get()
    assert (article.state, article.publish_at) == (State.DRAFT, None)
    assert report.findings == ["no date in the dateline: saved as a draft, dated today"]


def test_article_without_a_title_gets_its_first_words(import_text: ImportText) -> None:
    report = import_text(capture_text("| Harbour Post |2019-05-20\n\nThe counter opened on Monday. It rained."))

    assert Article.objects.get().title == "The counter opened on Monday"
    assert report.findings == ["no title", "first words used as the title: “The counter opened on Monday”"]


def test_very_long_first_words_are_shortened(import_text: ImportText) -> None:
    import_text(capture_text("| Harbour Post |2019-05-20\n\n" + "long words " * 40))

    assert Article.objects.get().title == "long words " * 10 + "long…"


def test_text_too_long_for_its_field_is_shortened_and_reported(import_text: ImportText) -> None:
    subtitle = "\n".join(f"{word} " * 40 for word in ("North", "East", "South"))

    report = import_text(news_text(dateline=f"{subtitle}\n| Harbour Post |2019-05-20"))

    assert len(Article.objects.get().standfirst) == 600
    assert report.findings == [f"standfirst shortened to 600 characters, left out: “{('South ' * 14).strip()}”"]


@pytest.mark.parametrize(
    ("text", "section"),
    [
        (news_text(title="Notice on parcels"), "Messages"),
        (capture_text("Home > News > Postman Story\nThe mule\n2019-05-20\n\nIt walks."), "News"),
        (capture_text("Postman Story\nThe mule\n2019-05-20\n\nIt walks."), "Postman Story"),
        (capture_text("当前位置：首页 > 邮递员故事\n骡子\n2019年5月20日\n\n它走路。"), "Postman Story"),
    ],
)
def test_section_of_the_page_is_used(import_text: ImportText, text: str, section: str) -> None:
    import_text(text)

    assert Article.objects.get().section.name == section


def test_existing_section_is_found_by_name(import_text: ImportText) -> None:
    own = factories.section("Night life")

    import_text(capture_text("Home > Night life\nThe mule\n2019-05-20\n\nIt walks."))

    assert Article.objects.get().section == own


def test_source_is_found_by_alias_in_any_case(import_text: ImportText) -> None:
    source = factories.source("The Harbour Post Office")
    source.aliases.create(name="Harbour post")

    import_text(news_text())

    assert Article.objects.get().source == source
    assert Source.objects.count() == 1


def test_chinese_source_has_a_slug_in_its_own_script(import_text: ImportText) -> None:
    import_text(capture_text("海港邮政开设夜间柜台\n来源：海港邮政报 2019年5月20日\n\n夜间柜台开业。"))

    article = Article.objects.get()
    assert (article.language, str(article.source)) == ("zh-hans", "海港邮政报")
    assert article.source is not None
    assert article.source.slug == "海港邮政报"
    assert unquote(article.get_absolute_url()) == "/zh-hans/news/2019/05/20/海港邮政开设夜间柜台/"


def test_author_is_reported(import_text: ImportText) -> None:
    report = import_text(news_text(dateline="Source: Harbour Post Author: Orla Finch Date: 2019-05-20"))

    assert report.findings == ["author not imported: “Orla Finch”"]


def test_second_page_of_an_article_does_not_replace_the_first(import_text: ImportText) -> None:
    url = "http://english.harbourpost.example/html1/report/1905/77-1.htm"
    import_text(news_text(url=url), name="1.txt")

    report = import_text(news_text(url=url.replace("-1", "-2"), body="The end of the story."), name="2.txt")

    assert "The counter opened on Monday." in Article.objects.get().body
    assert report.status == ImportStatus.KEPT
    assert report.findings == ["page 2 of the article: its text is only in the capture"]
