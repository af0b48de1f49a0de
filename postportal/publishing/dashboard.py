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
from postportal.publishing.models import Comment, Edition, PubliclyTimedQuerySet, Publishable, Release
from postportal.publishing.models.edition import EditionQuerySet, Stage
from postportal.staff import admin_pages
from postportal.staff.permissions import change_url, has_model_permission, viewable_models
from postportal.staff.work_queues import MAX_ITEMS, LinkedItem, QuerySetQueue, kind_name, register_work_queue

admin_pages.register_admin_page("calendar/", calendar.calendar_view, name="calendar")
admin_pages.register_admin_page("calendar/<str:token>.ics", calendar.feed_view, name="calendar_feed", is_signed=True)

# Asked of the database, so that the texts stay there.
HAS_UNPUBLISHED_CHANGES = ExpressionWrapper(Q(content__isnull=False), output_field=BooleanField())
UNRESOLVED_COMMENTS = Comment.objects.unresolved().filter(edition=OuterRef("pk")).order_by("-at", "-pk")


def publishables() -> list[type[Publishable]]:
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


class EditionQueue(QuerySetQueue):
    """Rounds of work on items; an edition whose item is gone waits for nobody."""

    right = ""

    def models(self) -> Iterable[type[Publishable]]:
        return publishables()

    def is_visible_to(self, user: Any) -> bool:
        return bool(self._models_for(user))

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [self._rows_of(model, user) for model in self._models_for(user)]

    def _rows_of(self, model: Any, user: Any) -> EditionQuerySet:
        editions = self.waiting_for(Edition.objects.of_model(model).newest_first(), user)
        return editions.filter(object_id__in=model._default_manager.values("pk"))

    def _models_for(self, user: Any) -> list[Any]:
        return [
            model
            for model in viewable_models(user, self.models())
            if not self.right or has_model_permission(user, self.right, model)
        ]

    @abstractmethod
    def waiting_for(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        """Keep the editions that wait for the user."""

    def detail(self, edition: Edition) -> str:
        return ""

    def moment(self, edition: Edition) -> dt.datetime | None:
        return edition.created_at

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        found = []
        for model in self._models_for(user):
            asked = Subquery(UNRESOLVED_COMMENTS.exclude(by=user).values("text")[:1])
            rows = (
                self._rows_of(model, user)
                .annotate(has_unpublished_changes=HAS_UNPUBLISHED_CHANGES, request_text=asked)
                .select_related("submitted_by")
            )
            editions = list(rows.defer("content")[:MAX_ITEMS])
            keys = [edition.object_id for edition in editions]
            items = model._default_manager.defer(*schedule.long_text_columns(model)).in_bulk(keys)
            found += [self._entry(edition, items[edition.object_id]) for edition in editions]
        return found[:MAX_ITEMS]

    def _entry(self, edition: Edition, item: Any) -> LinkedItem:
        return LinkedItem(
            text=str(item),
            url=change_url(type(item), item.pk),
            kind=kind_name(item),
            detail=self.detail(edition),
            at=self.moment(edition),
        )


@register_work_queue
class MyDrafts(EditionQueue):
    name, order = "my-drafts", 10
    label, action_label = gettext_lazy("My drafts"), gettext_lazy("Go on writing")
    hint = gettext_lazy("What you wrote or corrected and have not submitted yet.")

    def waiting_for(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return editions.filter(stage=Stage.DRAFT, writers=user)

    def detail(self, edition: Edition) -> str:
        is_beside, asked = getattr(edition, "has_unpublished_changes", False), getattr(edition, "request_text", "")
        said = " ".join((edition.failure or asked or "").splitlines())
        return said or (_("Waits beside what readers see.") if is_beside else "")


@register_work_queue
class UnresolvedComments(EditionQueue):
    name, order = "comments", 15
    label, action_label = gettext_lazy("Comments to answer"), gettext_lazy("Read and answer")
    hint = gettext_lazy("What colleagues asked about what you write, until somebody marks it as done.")

    def waiting_for(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return editions.open().filter(Exists(UNRESOLVED_COMMENTS.exclude(by=user)), writers=user)

    def detail(self, edition: Edition) -> str:
        return " ".join((getattr(edition, "request_text", "") or "").splitlines())


@register_work_queue
class Reviews(EditionQueue):
    name, order, right = "reviews", 20, "publish"
    label, action_label = gettext_lazy("Waiting for my review"), gettext_lazy("Read and decide")
    hint = gettext_lazy("Submitted by others, for somebody who may publish it and did not write it.")

    def waiting_for(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return editions.filter(stage=Stage.REVIEW).exclude(writers=user)

    def detail(self, edition: Edition) -> str:
        if edition.approved_at:
            return _("Approved; it can be published or scheduled.")
        by = edition.submitted_by
        return _("Submitted by %(name)s.") % {"name": by.get_full_name() or by.get_username()} if by else ""

    def moment(self, edition: Edition) -> dt.datetime | None:
        return edition.submitted_at


@register_work_queue
class Upcoming(QuerySetQueue):
    """Opens the calendar instead of a list of its own, which is one of the calendar's views."""

    name, order = "coming", 30
    label, action_label = gettext_lazy("Scheduled, under embargo and expiring"), gettext_lazy("Open")
    hint = gettext_lazy("What goes out or goes away by itself, in the calendar.")

    @property
    def url(self) -> str:
        return reverse("admin:calendar")

    def models(self) -> Iterable[type[Any]]:
        return schedule.timed_models()

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return schedule.upcoming_querysets(user, at)


@register_work_queue
class FailedPublications(EditionQueue):
    name, order = "did-not-go-out", 40
    label, action_label = gettext_lazy("Did not go out"), gettext_lazy("Correct and schedule again")
    hint = gettext_lazy("Was scheduled, had become invalid by its moment, and stayed hidden.")

    def waiting_for(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return editions.open().exclude(failure="")

    def detail(self, edition: Edition) -> str:
        return " ".join(edition.failure.splitlines())


@register_work_queue
class FailedReleases(QuerySetQueue):
    name, order = "releases", 45
    label, action_label = gettext_lazy("Releases that did not go out"), gettext_lazy("Correct and schedule again")
    hint = gettext_lazy("Something in it had become invalid by its moment, so all of it stayed hidden.")

    def models(self) -> Iterable[type[Any]]:
        return [Release]

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [Release.objects.exclude(failure="").newest_first()]


@register_work_queue
class Unreviewed(EditionQueue):
    name, order = "unreviewed", 50
    label, action_label = gettext_lazy("Published without review"), gettext_lazy("Read it")
    hint = gettext_lazy("Forced out, and nobody else has approved it since.")

    def waiting_for(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return editions.unreviewed()

    def detail(self, edition: Edition) -> str:
        return edition.force_reason

    def moment(self, edition: Edition) -> dt.datetime | None:
        return edition.published_at


@register_work_queue
class DueForReview(QuerySetQueue):
    name, order = "stale", 60
    label, action_label = gettext_lazy("To be looked at again"), gettext_lazy("Bring up to date, or set a later day")
    hint = gettext_lazy("Readers see it, and the day on which somebody wanted to look at it again has come.")

    def models(self) -> Iterable[type[Publishable]]:
        return publishables()

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [
            cast("PubliclyTimedQuerySet", model._default_manager.all())
            .published(at)
            .filter(review_on__lte=timezone.localdate(at))
            .defer(*schedule.long_text_columns(model))
            .order_by("review_on", "pk")
            for model in viewable_models(user, self.models())
        ]

    def to_item(self, row: Any) -> LinkedItem:
        detail = _("since %(day)s") % {"day": date_format(row.review_on, "j F Y")}
        return LinkedItem(text=str(row), url=change_url(type(row), row.pk), kind=kind_name(row), detail=detail)
