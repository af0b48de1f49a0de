import pytest

from news.models import Mention
from postportal.legacy.report import ImportStatus
from tests.factories import news as factories
from tests.postportal.legacy.captures import news_text
from tests.postportal.legacy.conftest import ImportText

pytestmark = pytest.mark.django_db


def test_known_names_are_linked_as_printed(import_text: ImportText) -> None:
    finch = factories.person("Finch", "Orla", name_order="given")
    finch.names.create(name="O. B. Finch")
    tang = factories.person("Tang", "Mei", name_zh="唐梅")
    union = factories.organization("Union of Harbour Posts", abbreviation="UHP")

    import_text(news_text(body="O. B. Finch of the UHP met Tang Mei. Orla Finch and Somebody Else agreed."))

    mentions = Mention.objects.order_by("order")
    assert [(each.subject, each.label, each.origin) for each in mentions] == [
        (finch, "O. B. Finch", "detector"),
        (union, "UHP", "detector"),
        (tang, "Tang Mei", "detector"),
    ]


def test_mentions_follow_a_changed_text(import_text: ImportText) -> None:
    finch = factories.person("Finch", "Orla", name_order="given")
    tang = factories.person("Tang", "Mei")
    import_text(news_text(body="Orla Finch came."))

    import_text(news_text(body="Tang Mei came."))

    assert [(each.subject, each.label) for each in Mention.objects.order_by("pk")] == [(tang, "Tang Mei")]
    assert not Mention.objects.filter(person=finch).exists()


def test_valid_mentions_are_not_changed(import_text: ImportText) -> None:
    factories.organization("Union of Harbour Posts")
    import_text(news_text(body="The Union of Harbour Posts met."))
    before = Mention.objects.values().get()

    assert import_text(news_text(body="The Union of Harbour Posts met again.")).status == ImportStatus.UPDATED
    assert Mention.objects.values().get() == before


def test_article_with_edited_mentions_is_not_changed(import_text: ImportText) -> None:
    factories.person("Finch", "Orla", name_order="given")
    import_text(news_text(body="Orla Finch came."))
    Mention.objects.all().delete()

    assert import_text(news_text(body="Orla Finch came late.")).status == ImportStatus.KEPT
    assert Mention.objects.count() == 0


def test_names_added_later_are_linked_by_a_reimport(import_text: ImportText) -> None:
    import_text(news_text(body="Orla Finch came."))
    finch = factories.person("Finch", "Orla", name_order="given")

    report = import_text(news_text(body="Orla Finch came."), reimport=True)

    assert report.status == ImportStatus.UPDATED
    assert Mention.objects.get().subject == finch
