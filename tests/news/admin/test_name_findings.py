import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from news.models import Appointment, Mention, NameFinding, NameScan
from postportal.search import index
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db
Kind = NameFinding.Kind


def finding(**fields: Any) -> NameFinding:
    fields = {"article": news.article("Ride"), "kind": Kind.UNKNOWN, "name": "Newperson Jane", **fields}
    return NameFinding.objects.create(**{"title": "Director", "organization": "Postal Museum", **fields})


def test_new_person_is_saved_with_the_appointment_that_the_article_names() -> None:
    position = news.position("Director", organization=news.organization("Postal Museum"))
    url = f"{reverse('admin:news_person_add')}?family_name=Newperson&given_name=Jane&finding={finding().pk}"
    browser = staff.sign_in(role="Editor")

    answer = browser.post(url, forms.fill_form(browser, url))

    assert answer.status_code == 302
    [row] = Appointment.objects.all()
    assert (row.person.name, row.position, row.attested_on) == ("Newperson Jane", position, news.DAY)


def test_form_leads_to_the_organization_and_the_position_that_are_missing() -> None:
    url = f"{reverse('admin:news_person_add')}?finding={finding().pk}"
    browser = staff.sign_in(role="Editor")

    assert browser.get(url).context["missing"] == {"organization": "/admin/news/organization/add/?name=Postal+Museum"}
    museum = news.organization("Postal Museum")
    assert browser.get(url).context["missing"] == {
        "position": f"/admin/news/position/add/?organization={museum.pk}&label=Director"
    }


@pytest.mark.parametrize(("role", "status"), [("Editor", 302), ("Author", 403), ("Viewer", 403), ("Philatelist", 403)])
def test_who_may_change_people_may_dismiss(role: str, status: int) -> None:
    row = finding()

    answer = staff.sign_in(role=role).post(reverse("admin:news_person_dismiss_finding", args=[row.pk]))

    row.refresh_from_db()
    assert (answer.status_code, row.dismissed_at is not None) == (status, status == 302)


def test_dismissal_needs_a_post_and_an_open_finding() -> None:
    row, browser = finding(), staff.sign_in(role="Editor")
    url = reverse("admin:news_person_dismiss_finding", args=[row.pk])

    assert browser.get(url).status_code == 405
    assert browser.post(url)["Location"] == "/admin/waiting/unknown-people/"
    assert browser.post(url).status_code == 404


def test_page_searches_links_and_dismisses() -> None:
    person = news.person("Zhou", "Mei")
    articles = [news.article(f"Ride {n}", body="<p>Then Zhou Mei rode.</p>") for n in range(3)]
    index.reindex("news.article", [row.pk for row in articles])
    scan = NameScan.objects.create(person=person, names="zhou mei")
    url, browser = reverse("admin:news_person_mentions", args=[person.pk]), staff.sign_in(role="Editor")

    browser.post(url, {"go_on": "1"})
    scan.refresh_from_db()
    assert (scan.done, scan.total, scan.finished_at is not None) == (3, 3, True)
    page = browser.get(url).content.decode()
    assert "Then <mark>Zhou Mei</mark> rode." in page
    assert not Mention.objects.exists()

    keys = {row.article_id: row.pk for row in NameFinding.objects.all()}
    browser.post(url, {"link": "1", "finding": [keys[articles[0].pk], "x", "9" * 30]})
    browser.post(url, {"dismiss": "1", "finding": [keys[articles[1].pk]]})

    assert [row.article for row in Mention.objects.all()] == [articles[0]]
    assert [row.article for row, *_rest in browser.get(url).context["rows"]] == [articles[2]]


@pytest.mark.parametrize(
    ("role", "opens", "posts"),
    [("Editor", 200, 302), ("Author", 200, 403), ("Viewer", 200, 403), ("Philatelist", 403, 403)],
)
def test_only_who_may_publish_may_link(role: str, opens: int, posts: int) -> None:
    person = news.person()
    url, browser = reverse("admin:news_person_mentions", args=[person.pk]), staff.sign_in(role=role)

    assert [browser.get(url).status_code, browser.post(url, {"link": "1"}).status_code] == [opens, posts]


def test_page_of_proposals_takes_as_many_queries_for_one_as_for_many(django_assert_max_num_queries: Any) -> None:
    person, browser = news.person("Zhou", "Mei"), staff.sign_in(role="Editor")
    url = reverse("admin:news_person_mentions", args=[person.pk])
    for count in (1, 20):
        for _n in range(count):
            finding(article=news.article(), kind=Kind.MENTION, person=person, name="Zhou Mei")
        with django_assert_max_num_queries(14):
            browser.get(url)


def test_finding_of_an_article_to_come_is_not_shown() -> None:
    hidden = news.article("Hush", publish_at=dt.datetime(2999, 1, 1, tzinfo=dt.UTC))
    page = staff.sign_in(role="Editor").get(f"{reverse('admin:news_person_add')}?finding={finding(article=hidden).pk}")

    assert "finding" not in page.context
