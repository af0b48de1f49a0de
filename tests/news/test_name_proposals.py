import pytest

from news.models import Article, Mention, NameFinding, Person, SectionRight
from news.name_proposals import confirm, dismiss
from postportal.audit.models import Entry
from postportal.publishing.models import Edition
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import steps
from tests.factories import editorial, news, staff

pytestmark = pytest.mark.django_db


def proposal(article: Article, person: Person, name: str = "Zhou Mei") -> NameFinding:
    return NameFinding.objects.create(article=article, person=person, name=name, kind=NameFinding.Kind.MENTION)


def test_confirmed_mention_is_public_in_the_history_and_in_the_log() -> None:
    person, editor = news.person("Zhou", "Mei"), staff.account("Editor")
    articles = [news.article(body="<p>Zhou Mei</p>") for _n in range(2)]
    keys = [
        proposal(article, person, name).pk for article, name in zip(articles, ("Zhou Mei", "ZHOU Mei"), strict=True)
    ]

    assert confirm(person, keys, by=editor) == (articles, {})
    assert confirm(person, keys, by=editor) == ([], {})

    rows = Mention.objects.order_by("article")
    assert [(row.label, row.origin) for row in rows] == [("", "detector"), ("ZHOU Mei", "detector")]
    assert [row["person"] for row in revisions.current_content(articles[0])["parts"]["mentions"]] == [person.pk]
    assert Entry.objects.filter(action="file", detail="mentions").count() == 2
    assert not Edition.objects.exists()


def test_mention_also_gets_into_unpublished_changes_of_somebody_else() -> None:
    person, other, publisher = news.person("Zhou", "Mei"), news.person(), staff.account("Publisher")
    article = news.article("Old title", body="<p>Zhou Mei</p>")
    news.mention(other, article=article)
    editorial.correction(article, by=staff.account("Editor"), title="New title")

    confirm(person, [proposal(article, person).pk], by=publisher)
    steps.perform("force", article, by=publisher, reason="Roads are closed.")

    article.refresh_from_db()
    assert article.title == "New title"
    assert sorted(row.person_id for row in article.mentions.all()) == sorted([person.pk, other.pk])


def test_proposal_of_another_person_or_a_dismissed_one_is_not_confirmed() -> None:
    person, editor = news.person("Zhou", "Mei"), staff.account("Editor")
    of_another = proposal(news.article(), news.person())
    dismissed = proposal(news.article(), person)
    assert dismiss([dismissed], by=editor) == 1

    assert confirm(person, [of_another.pk, dismissed.pk], by=editor) == ([], {})

    assert not Mention.objects.exists()
    dismissed.refresh_from_db()
    assert dismissed.dismissed_by == editor


def test_article_of_another_section_is_refused_in_words() -> None:
    person, editor = news.person("Zhou", "Mei"), staff.account("Editor")
    SectionRight.objects.create(user=editor, section=news.section("Mine"))
    article = news.article("Night mail", section=news.section("Theirs"))
    key = proposal(article, person).pk

    page = staff.sign_in(editor).post(
        f"/admin/news/person/{person.pk}/mentions/", {"link": "1", "finding": key}, follow=True
    )

    texts = [str(message) for message in page.context["messages"]]
    assert texts == ["Night mail: Your account is limited to other sections."]
    assert not Mention.objects.exists()
