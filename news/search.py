"""What of the news readers can find."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from news.models import Appointment, Article, Organization, OrganizationName, Person, PersonName
from postportal.search.kinds import Hit, Kind, in_active_language, register


@register
class Articles(Kind):
    name, label, label_of_one, order = "article", _("News"), _("News"), 10
    texts = ("standfirst", "body_text")
    has_language = True
    date = "dateline_on"

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return Article.objects.published(at)

    def columns(self) -> dict[str, Any]:
        return {
            "title": F("title"),
            "lead": F("standfirst"),
            "body": F("body_text"),
            "note": in_active_language("section__name"),
            "slug": F("slug"),
            "language": F("language"),
            "external_id": F("external_id"),
            "date": F("dateline_on"),
            "published": F("publish_at"),
            "image": F("lead_image"),
        }

    def address(self, row: dict[str, Any]) -> str:
        with translation.override(row["language"]):
            return reverse("news:article", args=[row["date"], row["slug"]])


@register
class People(Kind):
    name, label, label_of_one, order = "person", _("People"), _("Person"), 30
    titles = ("name", "name_zh")
    texts = ("biography_text",)
    is_name = True

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return Person.objects.published(at)

    def other_names(self, word: str) -> Q:
        return Q(pk__in=PersonName.objects.filter(name__icontains=word).values("person"))

    def columns(self) -> dict[str, Any]:
        return {
            "title": in_active_language("name"),
            "body": F("biography_text"),
            "slug": F("slug"),
            "published": F("publish_at"),
            "image": F("portrait"),
        }

    def address(self, row: dict[str, Any]) -> str:
        return reverse("news:person", args=[row["slug"]])

    def complete(self, hits: Sequence[Hit], *, at: dt.datetime) -> None:
        """Say what each person is today."""
        held = Appointment.objects.published(at).on(timezone.localdate(at)).for_people()
        by_person = {hit.pk: hit for hit in hits}
        for appointment in held.filter(person__in=by_person):
            by_person[appointment.person_id].notes.append(appointment.title)


@register
class Organizations(Kind):
    name, label, label_of_one, order = "organization", _("Organizations"), _("Organization"), 40
    titles = ("name", "name_zh", "abbreviation")
    texts = ("description_text",)

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return Organization.objects.published(at)

    def other_names(self, word: str) -> Q:
        return Q(pk__in=OrganizationName.objects.filter(name__icontains=word).values("organization"))

    def columns(self) -> dict[str, Any]:
        return {
            "title": in_active_language("name"),
            "body": F("description_text"),
            "note": F("abbreviation"),
            "slug": F("slug"),
            "published": F("publish_at"),
            "image": F("logo"),
        }

    def address(self, row: dict[str, Any]) -> str:
        return reverse("news:organization", args=[row["slug"]])
