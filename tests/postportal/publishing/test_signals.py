"""Deletions of rows that can come back, whoever deletes them."""

from typing import Any

import pytest
from django.apps import apps
from taggit.models import Tag

from news.imports.taxonomy import Taxonomy
from news.models import Appointment
from postportal.publishing.models import Revision
from postportal.publishing.versions import restoring, snapshots
from postportal.publishing.versions.undeletion import undelete
from postportal.search.models.synonym import Synonym
from postportal.tags.merging import merge_tags
from tests.factories import documents, images, news, pages, services, staff

pytestmark = pytest.mark.django_db
MAKERS: dict[str, Any] = {
    "documents.document": documents.document,
    "images.image": images.image,
    "news.appointment": news.appointment,
    "news.article": lambda: news.article(tags=["Rail"]),
    "news.handover": news.handover,
    "news.organization": news.organization,
    "news.person": news.person,
    "news.plannedchange": lambda: news.planned_change(new_name="Highland Mail"),
    "news.position": news.position,
    "news.section": news.section,
    "news.source": news.source,
    "pages.menuitem": pages.menu_item,
    "pages.page": pages.page,
    "pages.redirect": lambda: pages.gone_redirect("/old/"),
    "pages.servicenotice": pages.notice,
    "pages.sitesettings": pages.site_settings,
    "pages.snippet": pages.snippet,
    "search.synonym": lambda: Synonym.objects.create(words="stamp, postage stamp"),
    "services.holidaycalendar": lambda: services.holiday_calendar("Holidays"),
    "services.hotline": services.hotline,
    "services.service": services.service,
    "services.stampissue": services.stamp_issue,
    "taggit.tag": lambda: Tag.objects.create(name="Rail"),
}


def deleted(model: Any) -> list[tuple[int, str]]:
    return list(Revision.objects.last_of_deleted(model).order_by("pk").values_list("object_id", "note"))


def test_every_model_is_tested() -> None:
    models = [model for model in apps.get_models() if getattr(model, "is_restorable", False)]
    assert {model._meta.label_lower for model in models} == set(MAKERS)


@pytest.mark.parametrize("label", sorted(MAKERS))
def test_deletion_is_recorded_once_and_the_row_comes_back(label: str) -> None:
    row = MAKERS[label]()
    model, pk, name = type(row), row.pk, str(row)

    model._default_manager.filter(pk=pk).delete()

    assert deleted(model) == [(pk, name)]
    revision = Revision.objects.last_of_deleted(model).get()
    assert (revision.by, Revision.objects.of(row).filter(kind=Revision.Kind.DELETED).count()) == (None, 1)
    undelete(revision, by=staff.account(is_superuser=True))
    assert str(model._default_manager.get(pk=pk)) == name


def test_tag_that_was_merged_is_listed_and_names_why_it_cannot_come_back() -> None:
    kept, other = Tag.objects.create(name="Rail"), Tag.objects.create(name="Railways")
    merge_tags(kept, [other])

    browser = staff.sign_in(role="Publisher")
    listed = browser.get("/admin/taggit/tag/deleted/").text
    revision = Revision.objects.last_of_deleted(Tag).get()
    page = browser.get(f"/admin/taggit/tag/deleted/{revision.pk}/")

    assert ("Railways" in listed, page.status_code) == (True, 200)
    assert page.context["refusals"] == ["name: The tag “Rail” already has this name. Choose another name."]


def test_merge_in_the_list_of_tags_names_who_merged() -> None:
    tags = [Tag.objects.create(name=name) for name in ("Rail", "Railways")]
    user = staff.account("Publisher")
    keys = {"_selected_action": [tag.pk for tag in tags], "action": "merge_selected", "kept": tags[0].pk}

    staff.sign_in(user).post("/admin/taggit/tag/", keys)

    assert Revision.objects.last_of_deleted(Tag).get().by == user


def test_appointment_that_an_old_version_lacks_is_recorded() -> None:
    person = news.person()
    old = Revision(content=snapshots.serialize(person), number=1)
    appointment = news.appointment(person=person)

    restoring.restore(person, old, by=staff.account())

    assert deleted(Appointment) == [(appointment.pk, str(appointment))]


def test_tag_of_a_line_that_changed_nothing_leaves_no_trace() -> None:
    taxonomy = Taxonomy()
    taxonomy.tag_pks(["Rail"])
    assert Tag.objects.exists()

    taxonomy.remove_unused()

    assert (Tag.objects.exists(), deleted(Tag)) == (False, [])
