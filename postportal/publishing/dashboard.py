"""Work queues of publishing on the dashboard, for all publishable models."""

import datetime as dt
from abc import abstractmethod
from collections.abc import Iterable
from typing import Any, cast

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin import calendar, personal_queues, proposal_queues
from postportal.publishing.admin.deleted import deleted_link
from postportal.publishing.admin.personal_queues import publishables
from postportal.publishing.admin.proposals import propose_link
from postportal.publishing.calendar import schedule
from postportal.publishing.models import (
    Authorship,
    Comment,
    Edition,
    PubliclyTimedQuerySet,
    Publishable,
    Release,
)
from postportal.publishing.models.edition import EditionQuerySet, Stage
from postportal.publishing.workflow import translations
from postportal.staff import admin_pages
from postportal.staff.account_names import full_name_or_username
from postportal.staff.home_parts import register_home_part
from postportal.staff.list_links import register_list_link
from postportal.staff.long_texts import long_text_columns
from postportal.staff.permissions import change_url, has_model_permission, viewable_models
from postportal.staff.row_limits import within_limits
from postportal.staff.work_queues import MAX_ITEMS, LinkedItem, QuerySetQueue, kind_name, register_work_queue

admin_pages.register_admin_page("calendar/", calendar.calendar_view, name="calendar")
admin_pages.register_admin_page("calendar/url/", calendar.make_key_view, name="calendar_key")
admin_pages.register_admin_page("calendar/url/off/", calendar.turn_off_view, name="calendar_key_off")
admin_pages.register_admin_page("calendar/<str:key>.ics", calendar.feed_view, name="calendar_feed", is_bearer=True)

register_home_part("week_ahead", calendar.week_on_home)
register_list_link(deleted_link)
register_list_link(propose_link)

register_work_queue(personal_queues.AssignedToMe)
register_work_queue(personal_queues.Mentions)
register_work_queue(proposal_queues.ProposedChanges)
register_work_queue(proposal_queues.ReturnedProposals)
register_work_queue(proposal_queues.ProposalOutcomes)

# Computed in the database, so that the texts need not be loaded.
HAS_UNPUBLISHED_CHANGES = ExpressionWrapper(Q(content__isnull=False), output_field=BooleanField())
UNRESOLVED_COMMENTS = Comment.objects.unresolved().filter(edition=OuterRef("pk")).order_by("-at", "-pk")


class EditionQueue(QuerySetQueue):
    """Editions that need work. Those of deleted items are left out."""

    # The user needs this permission on the model, besides viewing it.
    permission = ""

    def models(self) -> Iterable[type[Publishable]]:
        return publishables()

    def is_visible_to(self, user: Any) -> bool:
        return bool(self._models_for(user))

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [self._rows_of(model, user) for model in self._models_for(user)]

    def _rows_of(self, model: Any, user: Any) -> EditionQuerySet:
        editions = self.waiting_for(Edition.objects.of_model(model).newest_first(), user)
        rows: Any = model._default_manager.all()
        # What needs a permission needs it for the row.
        rows = within_limits(user, rows) if self.permission else rows
        return editions.filter(object_id__in=rows.values("pk"))

    def _models_for(self, user: Any) -> list[Any]:
        return [
            model
            for model in viewable_models(user, self.models())
            if not self.permission or has_model_permission(user, self.permission, model)
        ]

    @abstractmethod
    def waiting_for(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        """Keep the editions that need work by the user."""

    def detail(self, edition: Edition) -> str:
        return ""

    def moment(self, edition: Edition) -> dt.datetime | None:
        return edition.created_at

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        found = []
        for model in self._models_for(user):
            request_text = Subquery(UNRESOLVED_COMMENTS.exclude(by=user).values("text")[:1])
            rows = (
                self._rows_of(model, user)
                .annotate(has_unpublished_changes=HAS_UNPUBLISHED_CHANGES, request_text=request_text)
                .select_related("submitted_by")
            )
            editions = list(rows.defer("content")[:MAX_ITEMS])
            keys = [edition.object_id for edition in editions]
            items = model._default_manager.defer(*long_text_columns(model)).in_bulk(keys)
            found += [self._entry(edition, items[edition.object_id]) for edition in editions]
        return found[:MAX_ITEMS]

    def _entry(self, edition: Edition, item: Any) -> LinkedItem:
        return LinkedItem(
            text=str(item),
            url=change_url(item),
            kind=kind_name(item),
            detail=self.detail(edition),
            at=self.moment(edition),
        )


def _worked_on_by(editions: EditionQuerySet, user: Any) -> EditionQuerySet:
    """Keep the editions that the user writes, or of whose items the user is an author, until they are handed over."""
    of_item = Authorship.objects.filter(
        user=user.pk, content_type=OuterRef("content_type"), object_id=OuterRef("object_id")
    )
    written = Edition.writers.through.objects.filter(user=user.pk).values("edition")
    mine = editions.filter(Q(pk__in=written) | Exists(of_item.current()))
    return mine.exclude(Exists(of_item.filter(left_at__isnull=False)))


@register_work_queue
class MyDrafts(EditionQueue):
    name, order = "my-drafts", 10
    label, action_label = gettext_lazy("My drafts"), gettext_lazy("Continue writing")
    hint = gettext_lazy("Items that you have written or edited and not submitted yet.")

    def waiting_for(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return _worked_on_by(editions.filter(stage=Stage.DRAFT), user)

    def detail(self, edition: Edition) -> str:
        text = " ".join((edition.failure or getattr(edition, "request_text", "") or "").splitlines())
        has_changes = getattr(edition, "has_unpublished_changes", False)
        return text or (_("Unpublished changes to a live item.") if has_changes else "")


@register_work_queue
class UnresolvedComments(EditionQueue):
    name, order = "comments", 15
    label, action_label = gettext_lazy("Unresolved comments"), gettext_lazy("Reply")
    hint = gettext_lazy("Colleagues’ comments on items you are writing that have not been marked as done.")

    def waiting_for(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return _worked_on_by(editions.open(), user).filter(Exists(UNRESOLVED_COMMENTS.exclude(by=user)))

    def detail(self, edition: Edition) -> str:
        return " ".join((getattr(edition, "request_text", "") or "").splitlines())


@register_work_queue
class Reviews(EditionQueue):
    name, order, permission = "reviews", 20, "publish"
    label, action_label = gettext_lazy("Waiting for my review"), gettext_lazy("Review")
    hint = gettext_lazy("Items submitted for review that you can publish and did not work on.")

    def waiting_for(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return editions.filter(stage=Stage.REVIEW).exclude(writers=user)

    def detail(self, edition: Edition) -> str:
        if edition.approved_at:
            return _("Approved. Can be published or scheduled.")
        if edition.submitted_by is None:
            return ""
        is_correction = getattr(edition, "has_unpublished_changes", False)
        text = _("Correction submitted by %(name)s.") if is_correction else _("Submitted by %(name)s.")
        return text % {"name": full_name_or_username(edition.submitted_by)}

    def moment(self, edition: Edition) -> dt.datetime | None:
        return edition.submitted_at


@register_work_queue
class Upcoming(QuerySetQueue):
    """Everything scheduled or expiring. Links to the calendar, which has a list view, and has no list of its own."""

    name, order = "coming", 30
    label, action_label = gettext_lazy("Scheduled, under embargo and expiring"), gettext_lazy("Open calendar")
    hint = gettext_lazy("Scheduled publications and expiries.")

    @property
    def url(self) -> str:
        return reverse("admin:calendar")

    def models(self) -> Iterable[type[Any]]:
        return schedule.timed_models()

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return schedule.upcoming_querysets(user, at)


@register_work_queue
class FailedPublications(EditionQueue):
    name, order = "failed-to-publish", 40
    label, action_label = gettext_lazy("Failed to publish"), gettext_lazy("Correct and reschedule")
    hint = gettext_lazy("Scheduled items that were no longer valid at their publication time and were not published.")

    def waiting_for(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return editions.open().exclude(failure="")

    def detail(self, edition: Edition) -> str:
        return " ".join(edition.failure.splitlines())


@register_work_queue
class FailedReleases(QuerySetQueue):
    name, order = "releases", 45
    label, action_label = gettext_lazy("Releases that failed to publish"), gettext_lazy("Correct and reschedule")
    hint = gettext_lazy("Scheduled releases that were not published because an item was no longer valid.")

    def models(self) -> Iterable[type[Any]]:
        return [Release]

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [Release.objects.exclude(failure="").newest_first()]


@register_work_queue
class Unreviewed(EditionQueue):
    name, order = "unreviewed", 50
    label, action_label = gettext_lazy("Published without review"), gettext_lazy("Review")
    hint = gettext_lazy("Items that nobody else has approved since they were published.")

    def waiting_for(self, editions: EditionQuerySet, user: Any) -> EditionQuerySet:
        return editions.unreviewed()

    def detail(self, edition: Edition) -> str:
        return edition.force_reason

    def moment(self, edition: Edition) -> dt.datetime | None:
        return edition.published_at


@register_work_queue
class OutdatedTranslations(QuerySetQueue):
    name, order = "outdated-translations", 55
    label, action_label = gettext_lazy("Translations out of date"), gettext_lazy("Compare with original")
    hint = gettext_lazy("Translations whose original has changed since they were last compared with it.")

    def models(self) -> Iterable[type[Publishable]]:
        return [model for model in publishables() if translations.is_translated(model)]

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [
            translations.out_of_date(model._default_manager.all())
            .defer(*long_text_columns(model))
            .order_by("modified_at", "pk")
            for model in viewable_models(user, self.models())
        ]

    def to_item(self, row: Any) -> LinkedItem:
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_original"
        return LinkedItem(text=str(row), url=reverse(name, args=[row.pk]), kind=kind_name(row))


@register_work_queue
class DueForReview(QuerySetQueue):
    name, order = "stale", 60
    label, action_label = gettext_lazy("Due for review"), gettext_lazy("Update, or choose a later review date")
    hint = gettext_lazy("Live items whose review date has passed.")

    def models(self) -> Iterable[type[Publishable]]:
        return publishables()

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [
            cast("PubliclyTimedQuerySet", model._default_manager.all())
            .published(at)
            .filter(review_on__lte=timezone.localdate(at))
            .defer(*long_text_columns(model))
            .order_by("review_on", "pk")
            for model in viewable_models(user, self.models())
        ]

    def to_item(self, row: Any) -> LinkedItem:
        detail = _("since %(date)s") % {"date": date_format(row.review_on)}
        return LinkedItem(text=str(row), url=change_url(row), kind=kind_name(row), detail=detail)
