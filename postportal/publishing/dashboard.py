"""What publishing puts on the staff home, of whatever is published."""

import datetime as dt
from abc import abstractmethod
from collections.abc import Iterable
from typing import Any, cast

from django.apps import apps
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin import calendar
from postportal.publishing.calendar import schedule
from postportal.publishing.models import Comment, Edition, Publishable, Release, TimedQuerySet
from postportal.publishing.models.edition import EditionQuerySet, Stage
from postportal.staff import admin_pages
from postportal.staff.permissions import form_address, may, viewable
from postportal.staff.work_queues import SHOWN, Entry, RowsBox, kind_of, register

admin_pages.add("calendar/", calendar.calendar, name="calendar")
admin_pages.add("calendar/<str:token>.ics", calendar.feed, name="calendar_feed", is_signed=True)

# Asked of the database, so that the texts stay there.
IS_BESIDE = ExpressionWrapper(Q(content__isnull=False), output_field=BooleanField())
WAITING = Comment.objects.waiting().filter(edition=OuterRef("pk")).order_by("-at", "-pk")


def publishables() -> list[type[Publishable]]:
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


class EditionsBox(RowsBox):
    """Rounds of work on items; an edition whose item is gone waits for nobody."""

    right = ""

    def models(self) -> Iterable[type[Publishable]]:
        return publishables()

    def is_for(self, user: Any) -> bool:
        return bool(self._models_for(user))

    def rows(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [self._rows_of(model, user) for model in self._models_for(user)]

    def _rows_of(self, model: Any, user: Any) -> EditionQuerySet:
        editions = self.among(Edition.objects.of_model(model).newest_first(), user)
        return editions.filter(object_id__in=model._default_manager.values("pk"))

    def _models_for(self, user: Any) -> list[Any]:
        return [model for model in viewable(user, self.models()) if not self.right or may(user, self.right, model)]

    @abstractmethod
    def among(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        """Keep the editions that wait for the user."""

    def detail(self, edition: Edition) -> str:
        return ""

    def moment(self, edition: Edition) -> dt.datetime | None:
        return edition.created_at

    def entries(self, user: Any, at: dt.datetime) -> list[Entry]:
        found = []
        for model in self._models_for(user):
            asked = Subquery(WAITING.exclude(by=user).values("text")[:1])
            rows = self._rows_of(model, user).annotate(is_beside=IS_BESIDE, asked=asked).select_related("submitted_by")
            editions = list(rows.defer("content")[:SHOWN])
            keys = [edition.object_id for edition in editions]
            items = model._default_manager.defer(*schedule.long_texts(model)).in_bulk(keys)
            found += [self._entry(edition, items[edition.object_id]) for edition in editions]
        return found[:SHOWN]

    def _entry(self, edition: Edition, item: Any) -> Entry:
        return Entry(
            text=str(item),
            address=form_address(type(item), item.pk),
            kind=kind_of(item),
            detail=self.detail(edition),
            moment=self.moment(edition),
        )


@register
class MyDrafts(EditionsBox):
    name, order = "my-drafts", 10
    label, fix = gettext_lazy("My drafts"), gettext_lazy("Go on writing")
    hint = gettext_lazy("What you wrote or corrected and have not submitted yet.")

    def among(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return editions.filter(stage=Stage.DRAFT, writers=user)

    def detail(self, edition: Edition) -> str:
        is_beside, asked = getattr(edition, "is_beside", False), getattr(edition, "asked", "")
        said = " ".join((edition.fault or asked or "").splitlines())
        return said or (_("Waits beside what readers see.") if is_beside else "")


@register
class Asked(EditionsBox):
    name, order = "comments", 15
    label, fix = gettext_lazy("Comments to answer"), gettext_lazy("Read and answer")
    hint = gettext_lazy("What colleagues asked about what you write, until somebody marks it as done.")

    def among(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return editions.open().filter(Exists(WAITING.exclude(by=user)), writers=user)

    def detail(self, edition: Edition) -> str:
        return " ".join((getattr(edition, "asked", "") or "").splitlines())


@register
class Reviews(EditionsBox):
    name, order, right = "reviews", 20, "publish"
    label, fix = gettext_lazy("Waiting for my review"), gettext_lazy("Read and decide")
    hint = gettext_lazy("Submitted by others, for somebody who may publish it and did not write it.")

    def among(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return editions.filter(stage=Stage.REVIEW).exclude(writers=user)

    def detail(self, edition: Edition) -> str:
        if edition.approved_at:
            return _("Approved; it can be published or scheduled.")
        by = edition.submitted_by
        return _("Submitted by %(name)s.") % {"name": by.get_full_name() or by.get_username()} if by else ""

    def moment(self, edition: Edition) -> dt.datetime | None:
        return edition.submitted_at


@register
class Coming(RowsBox):
    """Opens the calendar instead of a list of its own, which is one of the calendar's views."""

    name, order = "coming", 30
    label, fix = gettext_lazy("Scheduled, under embargo and expiring"), gettext_lazy("Open")
    hint = gettext_lazy("What goes out or goes away by itself, in the calendar.")

    @property
    def address(self) -> str:
        return reverse("admin:calendar")

    def models(self) -> Iterable[type[Any]]:
        return schedule.timed_models()

    def rows(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return schedule.rows_to_count(user, at)


@register
class Faults(EditionsBox):
    name, order = "did-not-go-out", 40
    label, fix = gettext_lazy("Did not go out"), gettext_lazy("Correct and schedule again")
    hint = gettext_lazy("Was scheduled, had become invalid by its moment, and stayed hidden.")

    def among(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return editions.open().exclude(fault="")

    def detail(self, edition: Edition) -> str:
        return " ".join(edition.fault.splitlines())


@register
class HeldReleases(RowsBox):
    name, order = "releases", 45
    label, fix = gettext_lazy("Releases that did not go out"), gettext_lazy("Correct and schedule again")
    hint = gettext_lazy("Something in it had become invalid by its moment, so all of it stayed hidden.")

    def models(self) -> Iterable[type[Any]]:
        return [Release]

    def rows(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [Release.objects.exclude(fault="").newest_first()]


@register
class Unreviewed(EditionsBox):
    name, order = "unreviewed", 50
    label, fix = gettext_lazy("Published without review"), gettext_lazy("Read it")
    hint = gettext_lazy("Forced out, and nobody else has approved it since.")

    def among(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return editions.unreviewed()

    def detail(self, edition: Edition) -> str:
        return edition.force_reason

    def moment(self, edition: Edition) -> dt.datetime | None:
        return edition.published_at


@register
class Stale(RowsBox):
    name, order = "stale", 60
    label, fix = gettext_lazy("To be looked at again"), gettext_lazy("Bring up to date, or set a later day")
    hint = gettext_lazy("Readers see it, and the day on which somebody wanted to look at it again has come.")

    def models(self) -> Iterable[type[Publishable]]:
        return publishables()

    def rows(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [
            cast("TimedQuerySet", model._default_manager.all())
            .published(at)
            .filter(review_on__lte=timezone.localdate(at))
            .defer(*schedule.long_texts(model))
            .order_by("review_on", "pk")
            for model in viewable(user, self.models())
        ]

    def entry(self, row: Any) -> Entry:
        detail = _("since %(day)s") % {"day": date_format(row.review_on, "j F Y")}
        return Entry(text=str(row), address=form_address(type(row), row.pk), kind=kind_of(row), detail=detail)
