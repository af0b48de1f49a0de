import pytest

from news.models import Mention
from postportal.legacy.report import ImportStatus
from tests.factories import news as factories
from tests.postportal.legacy.captures import news_text
from tests.postportal.legacy.conftest import ImportText

pytestmark = pytest.mark.django_db


def test_known_people_and_organizations_are_linked_as_printed(take: ImportText) -> None:
    finch = factories.person("Finch", "Orla", name_order="given")
    finch.names.create(name="O. B. Finch")
    tang = factories.person("Tang", "Mei", name_zh="唐梅")
    union = factories.organization("Union of Harbour Posts", abbreviation="UHP")

    take(news_text(body="O. B. Finch of the UHP met Tang Mei. Orla Finch and Somebody Else agreed."))

    mentions = Mention.objects.order_by("order")
    assert [(each.subject, each.label, each.origin) for each in mentions] == [
        (finch, "O. B. Finch", "detector"),
        (union, "UHP", "detector"),
        (tang, "Tang Mei", "detector"),
    ]


def test_links_follow_a_changed_text_and_those_of_editors_stay(take: ImportText) -> None:
    finch = factories.person("Finch", "Orla", name_order="given")
    tang = factories.person("Tang", "Mei")
    take(news_text(body="Orla Finch came."))

    take(news_text(body="Tang Mei came."))

    assert [(each.subject, each.label) for each in Mention.objects.order_by("pk")] == [(tang, "Tang Mei")]
    assert not Mention.objects.filter(person=finch).exists()


def test_links_that_still_fit_stay_where_they_are(take: ImportText) -> None:
    factories.organization("Union of Harbour Posts")
    take(news_text(body="The Union of Harbour Posts met."))
    before = Mention.objects.values().get()

    assert take(news_text(body="The Union of Harbour Posts met again.")).status == ImportStatus.UPDATED
    assert Mention.objects.values().get() == before


def test_links_that_editors_changed_keep_the_article_from_changing(take: ImportText) -> None:
    factories.person("Finch", "Orla", name_order="given")
    take(news_text(body="Orla Finch came."))
    Mention.objects.all().delete()

    assert take(news_text(body="Orla Finch came late.")).status == ImportStatus.KEPT
    assert Mention.objects.count() == 0


def test_names_the_register_learns_later_are_linked_on_demand(take: ImportText) -> None:
    take(news_text(body="Orla Finch came."))
    finch = factories.person("Finch", "Orla", name_order="given")

    report = take(news_text(body="Orla Finch came."), again=True)

    assert report.status == ImportStatus.UPDATED
    assert Mention.objects.get().subject == finch
