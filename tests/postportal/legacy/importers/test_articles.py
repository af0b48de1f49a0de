import datetime as dt
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from news.models import Article, Source
from postportal.legacy.models import Capture
from postportal.legacy.report import Action
from postportal.pages.models import Redirect
from postportal.publishing.models import State
from tests.factories import news as factories
from tests.postportal.legacy.captures import capture, news
from tests.postportal.legacy.conftest import AT, Take

pytestmark = pytest.mark.django_db
LATER = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)


def test_news_becomes_a_published_article(take: Take) -> None:
    report = take(news(body="The counter opened <b>on Monday</b>.\n\n(Harbour Post)"))

    article = Article.objects.get()
    assert (report.action, report.findings) == (Action.CREATED, [])
    assert article.title == "Harbour Post opens a night counter"
    assert article.body == "<p>The counter opened &lt;b&gt;on Monday&lt;/b&gt;.</p>"
    assert article.body_text == "The counter opened <b>on Monday</b>."
    assert (article.section.name, str(article.source), article.credit) == ("News", "Harbour Post", "Harbour Post")
    assert (article.language, article.dateline_on, article.state) == ("en", dt.date(2019, 5, 20), State.PUBLISHED)
    assert timezone.localtime(article.publish_at) == dt.datetime(2019, 5, 20, 9, tzinfo=timezone.get_default_timezone())
    assert article.get_absolute_url() == "/news/2019/05/20/harbour-post-opens-a-night-counter/"


def test_capture_keeps_text_hash_and_what_it_became(take: Take) -> None:
    take(news(), name="night.txt")

    kept = Capture.objects.get()
    assert (kept.host, kept.path) == ("english.harbourpost.example", "/html1/report/1905/77-1.htm")
    assert (kept.raw_text, kept.name, kept.kind, kept.item) == (news(), "night.txt", "news", Article.objects.get())
    assert len(kept.sha256) == 64
    assert str(kept) == "english.harbourpost.example/html1/report/1905/77-1.htm"


def test_old_address_leads_to_the_article(take: Take) -> None:
    take(news())

    redirect = Redirect.objects.get()
    assert (redirect.old_host, redirect.old_path) == ("english.harbourpost.example", "/html1/report/1905/77-1.htm")
    assert redirect.target == Article.objects.get()
    for host in ("www.harbourpost.example", "127.0.0.1"):
        found = Redirect.objects.for_address(host=host, path="/html1/report/1905/77-1.htm").first()
        assert found == redirect


def test_reader_with_an_old_bookmark_arrives(take: Take, client: Client) -> None:
    take(news(), at=AT)

    answer = client.get("/html1/report/1905/77-1.htm")

    assert (answer.status_code, answer["Location"]) == (301, "/news/2019/05/20/harbour-post-opens-a-night-counter/")
    assert client.get(answer["Location"]).status_code == 200


def test_same_file_again_changes_nothing(take: Take) -> None:
    take(news())
    before = Article.objects.values().get()

    report = take(news(), at=LATER)

    assert (report.action, report.findings) == (Action.UNCHANGED, [])
    assert Article.objects.values().get() == before
    assert (Capture.objects.count(), Redirect.objects.count()) == (1, 1)


def test_same_file_read_again_on_demand_changes_nothing_either(take: Take) -> None:
    take(news())

    assert take(news(), again=True).action == Action.UNCHANGED


def test_changed_text_updates_the_article(take: Take) -> None:
    take(news())

    report = take(news(body="The counter closed again."), at=LATER)

    article = Article.objects.get()
    assert (report.action, article.body) == (Action.UPDATED, "<p>The counter closed again.</p>")
    assert Capture.objects.get().imported_at == LATER


def test_corrected_title_keeps_the_address(take: Take) -> None:
    take(news())

    take(news(title="Harbour Post opens two night counters"))

    article = Article.objects.get()
    assert article.title == "Harbour Post opens two night counters"
    assert article.get_absolute_url() == "/news/2019/05/20/harbour-post-opens-a-night-counter/"


def test_corrected_date_redirects_the_address_it_changes(take: Take) -> None:
    take(news())

    take(news(dateline="| Harbour Post |2019-05-21"))

    article = Article.objects.get()
    assert article.get_absolute_url() == "/news/2019/05/21/harbour-post-opens-a-night-counter/"
    moved = Redirect.objects.get(old_host="")
    assert (moved.old_path, moved.target) == ("/news/2019/05/20/harbour-post-opens-a-night-counter/", article)


@pytest.mark.parametrize("field", ["title", "body", "credit", "state"])
def test_article_that_was_edited_since_is_left_alone(take: Take, field: str) -> None:
    take(news())
    article = Article.objects.get()
    setattr(article, field, State.DRAFT if field == "state" else "Edited")
    article.save()
    before = Article.objects.values().get()

    report = take(news(body="The counter closed again."))

    assert (report.action, report.findings) == (Action.KEPT, ["left as it is, it was edited since"])
    assert Article.objects.values().get() == before


def test_article_that_was_deleted_since_is_not_made_again(take: Take) -> None:
    take(news())
    Article.objects.get().delete()

    assert take(news()).findings == ["what it became was deleted since, it is not made again"]
    assert take(news(body="Another text.")).findings == ["what it became was deleted since, it is not made again"]
    assert Article.objects.count() == 0


def test_article_that_was_there_by_other_hands_is_left_alone(take: Take) -> None:
    article = factories.article(
        "HARBOUR POST opens a night counter", dateline_on=dt.date(2019, 5, 20), body="<p>Ours.</p>"
    )

    report = take(news())

    assert (report.action, report.findings) == (Action.KEPT, ["left as it is, it was there already"])
    assert Article.objects.get().body == "<p>Ours.</p>"
    assert Redirect.objects.get().target == article


def test_item_the_old_address_leads_to_is_the_one(take: Take) -> None:
    article = factories.article("In our own words", body="<p>Ours.</p>")
    Redirect.objects.create(
        old_host="english.harbourpost.example", old_path="/html1/report/1905/77-1.htm", target=article
    )

    assert take(news()).action == Action.KEPT
    assert Article.objects.get() == article


def test_same_page_on_another_host_is_the_same_article(take: Take) -> None:
    take(news())

    take(news(address="http://www.harbourpost.example/html1/report/1905/77-1.htm"))

    assert Article.objects.count() == 1
    assert {redirect.target for redirect in Redirect.objects.order_by("pk")} == {Article.objects.get()}
    assert Redirect.objects.count() == 2


def test_page_that_first_came_without_its_address_is_known_again(take: Take) -> None:
    take(news(address=""))

    report = take(news(body="The counter closed again."))

    assert report.action == Action.UPDATED
    assert (Article.objects.count(), Capture.objects.count(), Capture.objects.get().path) == (
        1,
        1,
        "/html1/report/1905/77-1.htm",
    )


def test_two_articles_of_a_day_with_nearly_one_title_have_two_addresses(take: Take) -> None:
    take(news(title="Night counter!"))
    take(news(title="Night counter?", address="http://old.example/html1/report/1905/78-1.htm"))

    assert sorted(Article.objects.values_list("slug", flat=True)) == ["night-counter", "night-counter-2"]


def test_article_without_a_date_stays_a_draft(take: Take) -> None:
    report = take(news(dateline=""))

    article = Article.objects.get()
    assert (article.state, article.publish_at) == (State.DRAFT, None)
    assert report.findings == ["no dateline date: left as a draft, dated today"]


def test_article_without_a_title_is_named_by_its_first_words(take: Take) -> None:
    report = take(capture("| Harbour Post |2019-05-20\n\nThe counter opened on Monday. It rained."))

    assert Article.objects.get().title == "The counter opened on Monday"
    assert report.findings == ["no title", "titled by its first words: “The counter opened on Monday”"]


def test_very_long_first_words_are_cut(take: Take) -> None:
    take(capture("| Harbour Post |2019-05-20\n\n" + "long words " * 40))

    assert Article.objects.get().title == "long words " * 10 + "long…"


def test_text_too_long_for_its_field_is_cut_and_reported(take: Take) -> None:
    subtitle = "\n".join(f"{word} " * 40 for word in ("North", "East", "South"))

    report = take(news(dateline=f"{subtitle}\n| Harbour Post |2019-05-20"))

    assert len(Article.objects.get().standfirst) == 600
    assert report.findings == [f"standfirst cut after 600 characters: “{('North ' * 40)[:60]}…”"]


@pytest.mark.parametrize(
    ("text", "section"),
    [
        (news(title="Notice on parcels"), "Messages"),
        (capture("Home > News > Postman Story\nThe mule\n2019-05-20\n\nIt walks."), "News"),
        (capture("Postman Story\nThe mule\n2019-05-20\n\nIt walks."), "Postman Story"),
        (capture("当前位置：首页 > 邮递员故事\n骡子\n2019年5月20日\n\n它走路。"), "Postman Story"),
    ],
)
def test_article_is_filed_where_the_page_was(take: Take, text: str, section: str) -> None:
    take(text)

    assert Article.objects.get().section.name == section


def test_section_that_is_there_is_used_by_its_name(take: Take) -> None:
    own = factories.section("Night life")

    take(capture("Home > Night life\nThe mule\n2019-05-20\n\nIt walks."))

    assert Article.objects.get().section == own


def test_source_is_found_by_its_alias_in_whatever_case(take: Take) -> None:
    source = factories.source("The Harbour Post Office")
    source.aliases.create(name="Harbour post")

    take(news())

    assert Article.objects.get().source == source
    assert Source.objects.count() == 1


def test_chinese_source_has_an_address_in_latin_letters(take: Take) -> None:
    take(capture("海港邮政开设夜间柜台\n来源：海港邮政报 2019年5月20日\n\n夜间柜台开业。"))

    article = Article.objects.get()
    assert (article.language, str(article.source)) == ("zh-hans", "海港邮政报")
    assert article.source is not None
    assert article.source.slug.isascii()
    assert unquote(article.get_absolute_url()) == "/zh-hans/news/2019/05/20/海港邮政开设夜间柜台/"


def test_author_has_no_place_and_is_reported(take: Take) -> None:
    report = take(news(dateline="Source: Harbour Post Author: Orla Finch Date: 2019-05-20"))

    assert report.findings == ["no place for the author “Orla Finch”"]
