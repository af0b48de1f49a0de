"""Filters of the lists of items: whose they are, their tags, when they changed, and what they lack."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.models import TaggedItem

from postportal.publishing.models import Assignment, Edition, Revision, authored_by
from postportal.publishing.models.edition import Stage
from postportal.publishing.workflow import translations
from postportal.staff.account_names import accounts_called, full_name_or_username
from postportal.staff.typed_filters import MAX_SUGGESTIONS, TypedFilter
from postportal.tags.models import TagSpelling
from postportal.web.personal_zone import day_start, personal_day

MAX_RECENT_TAGS = 50


def written_by(model: type[Model], users: Any) -> Q:
    """Return the condition for items of which one of the users is an author, or which they changed."""
    editions = Edition.objects.of_model(model).filter(writers__in=users)
    return authored_by(model, users) | Q(pk__in=editions.values("object_id"))


class WorkFilter(admin.SimpleListFilter):
    """The round of work: mine, in review, scheduled, unpublished changes."""

    title, parameter_name = _("work"), "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("mine", _("Mine")),
            ("draft", _("Being written")),
            ("review", _("In review")),
            ("approved", _("Approved")),
            ("scheduled", _("Scheduled")),
            ("changes", _("Unpublished changes to a live item")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == "mine":
            return queryset.filter(written_by(queryset.model, [request.user.pk]))
        conditions = {
            "draft": Q(stage=Stage.DRAFT),
            "review": Q(stage=Stage.REVIEW),
            "approved": Q(stage=Stage.REVIEW, approved_at__isnull=False),
            "scheduled": Q(stage=Stage.SCHEDULED),
            "changes": Q(content__isnull=False),
        }
        if value not in conditions:
            return queryset
        editions = Edition.objects.of_model(queryset.model).open().filter(conditions[value])
        return queryset.filter(pk__in=editions.values("object_id"))


class AssignmentFilter(admin.SimpleListFilter):
    """The account that works on the item next, and whether that is late."""

    title, parameter_name = _("assigned"), "assigned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("me", _("Assigned to me")),
            ("yes", _("Assigned")),
            ("no", _("Not assigned")),
            ("overdue", _("Overdue")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows = Assignment.objects.of_model(queryset.model)
        if self.value() == "no":
            return queryset.exclude(pk__in=rows.filter(user__isnull=False).values("object_id"))
        wanted = {
            "me": rows.filter(user=request.user.pk),
            "yes": rows.filter(user__isnull=False),
            "overdue": rows.overdue(timezone.localdate()),
        }.get(self.value() or "")
        return queryset if wanted is None else queryset.filter(pk__in=wanted.values("object_id"))


class WriterFilter(TypedFilter):
    """Accounts that created the item or wrote any version of it."""

    title, parameter_name = _("writer"), "writer"

    def matching(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return rows.filter(written_by(rows.model, accounts_called(typed).values("pk")))

    @cached_property
    def suggestions(self) -> list[str]:
        users = get_user_model()._default_manager.filter(is_staff=True, is_active=True).order_by("username")
        return [full_name_or_username(user) for user in users[:MAX_SUGGESTIONS]]


class TagFilter(TypedFilter):
    """One tag, in any of its spellings."""

    title, parameter_name = _("tag"), "tag"

    def matching(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        tags = TagSpelling.objects.tags_by_key([typed]).values()
        of_model = TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(rows.model))
        return rows.filter(pk__in=of_model.filter(tag__in=[tag.pk for tag in tags]).values("object_id"))

    @cached_property
    def suggestions(self) -> list[str]:
        names = TaggedItem.objects.order_by("-pk").values_list("tag__name", flat=True)[: 4 * MAX_RECENT_TAGS]
        return list(dict.fromkeys(names))[:MAX_RECENT_TAGS]


class ChangedFilter(admin.SimpleListFilter):
    """Days on which somebody last saved the item or its unpublished changes."""

    title, parameter_name = _("changed"), "changed"
    DAYS = (("today", _("Today"), 0), ("7", _("Past 7 days"), 7), ("30", _("Past 30 days"), 30))

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, label) for name, label, _days in self.DAYS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        days = {name: days for name, _label, days in self.DAYS}.get(self.value() or "")
        if days is None:
            return queryset
        since = day_start(personal_day() - dt.timedelta(days=days))
        versions = Revision.objects.of_model(queryset.model).filter(at__gte=since)
        return queryset.filter(Q(modified_at__gte=since) | Q(pk__in=versions.values("object_id")))


class PictureFilter(admin.SimpleListFilter):
    title, parameter_name = _("picture"), "picture"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("With picture")), ("no", _("Without picture"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(lead_image__isnull=self.value() == "no")


class TranslationFilter(admin.SimpleListFilter):
    title, parameter_name = _("translation"), "translation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("missing", _("Not translated")), ("outdated", _("Translation out of date"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "missing":
            return translations.untranslated(queryset)
        return translations.out_of_date(queryset) if self.value() == "outdated" else queryset
