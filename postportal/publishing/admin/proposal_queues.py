"""Work queues of proposals: those that wait for a second person, and for their writers, what became of them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin.proposal_page import OUTCOMES
from postportal.publishing.calendar.schedule import with_required_relations
from postportal.publishing.models import Comment, Edition, Versioned
from postportal.publishing.models.edition import Stage
from postportal.publishing.models.versioned import FIRST_PROPOSED_KEY
from postportal.publishing.workflow.proposals import may_decide, may_propose, models_with_proposals
from postportal.staff.account_names import full_name_or_username
from postportal.staff.permissions import change_url, change_url_for
from postportal.staff.work_queues import MAX_ITEMS, LinkedItem, QuerySetQueue, kind_name

# For how long their writers are told what became of proposals.
OUTCOME_DAYS = 14


class _QueueOfModels(QuerySetQueue):
    """A queue of the rows of those models with which the user has to do."""

    def models(self) -> Iterable[type[Versioned]]:
        return models_with_proposals()

    def is_visible_to(self, user: Any) -> bool:
        return bool(self.models_for(user))

    def models_for(self, user: Any) -> list[type[Versioned]]:
        return [model for model in self.models() if self.concerns(user, model)]

    def concerns(self, user: Any, model: type[Versioned]) -> bool:
        return may_propose(user, model)


class _ProposalQueue(_QueueOfModels):
    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [
            self.waiting_for(Edition.objects.of_model(model).newest_first(), user).filter(
                Q(object_id__in=model._default_manager.values("pk")) | Q(object_id__gte=FIRST_PROPOSED_KEY)
            )
            for model in self.models_for(user)
        ]

    def waiting_for(self, editions: Any, user: Any) -> Any:
        raise NotImplementedError

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        found = []
        for model, rows in zip(self.models_for(user), self.querysets(user, at), strict=True):
            named = (
                rows.select_related("submitted_by")
                .defer("content")
                .annotate(proposed_name=KeyTextTransform("name", "content"))
            )
            editions = list(named[:MAX_ITEMS])
            items = _named_rows(model, [edition.object_id for edition in editions])
            found += [self.line(edition, model, items.get(edition.object_id)) for edition in editions]
        return found[:MAX_ITEMS]

    def line(self, edition: Any, model: type[Versioned], item: Versioned | None) -> LinkedItem:
        """Return the line of a proposal. Without an item, it is a new row."""
        return LinkedItem(
            text=str(item) if item else edition.proposed_name,
            url=self.url_of(model, edition.object_id),
            kind=kind_name(model),  # type: ignore[arg-type]
            detail=self.detail_of(edition, is_new=item is None),
            at=edition.submitted_at,
        )

    def url_of(self, model: type[Versioned], key: int) -> str:
        return _proposal_url(model, key)

    def detail_of(self, edition: Edition, *, is_new: bool) -> str:
        text = _("New, submitted by %(name)s.") if is_new else _("Submitted by %(name)s.")
        return text % {"name": full_name_or_username(edition.submitted_by)}


class ProposedChanges(_ProposalQueue):
    name, order = "proposals", 22
    label, action_label = gettext_lazy("Proposed changes"), gettext_lazy("Review")
    hint = gettext_lazy("Changes and new entries that you can publish and did not work on.")

    def concerns(self, user: Any, model: type[Versioned]) -> bool:
        return may_decide(user, model)

    def waiting_for(self, editions: Any, user: Any) -> Any:
        return editions.filter(stage=Stage.REVIEW).exclude(writers=user)


class ReturnedProposals(_ProposalQueue):
    name, order = "returned-proposals", 11
    label, action_label = gettext_lazy("Proposals returned to me"), gettext_lazy("Continue writing")
    hint = gettext_lazy("Your changes that a colleague has returned with a note.")

    def waiting_for(self, editions: Any, user: Any) -> Any:
        return editions.filter(stage=Stage.DRAFT, writers=user)

    def url_of(self, model: type[Versioned], key: int) -> str:
        return change_url_for(model, key)

    def detail_of(self, edition: Edition, *, is_new: bool) -> str:
        return ""


class ProposalOutcomes(_QueueOfModels):
    name, order = OUTCOMES, 13
    label, action_label = gettext_lazy("Decisions on my proposals"), gettext_lazy("Open")
    hint = gettext_lazy("What colleagues published or declined in the last 14 days. Dismiss what you have seen.")

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        kinds = ContentType.objects.get_for_models(*self.models_for(user)).values()
        outcomes = Comment.objects.filter(
            content_type__in=[kind.pk for kind in kinds],
            kind__in=(Comment.Kind.APPROVED, Comment.Kind.DECLINED),
            edition__writers=user.pk,
            done_at__isnull=True,
            at__gt=at - dt.timedelta(days=OUTCOME_DAYS),
        )
        return [outcomes.exclude(by=user.pk).order_by("-at", "-pk")]

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        [rows] = self.querysets(user, at)
        outcomes = list(
            rows.select_related("by").annotate(proposed_name=KeyTextTransform("name", "edition__content"))[:MAX_ITEMS]
        )
        found: dict[tuple[int, int], Any] = {}
        for model, kind in ContentType.objects.get_for_models(*self.models_for(user)).items():
            keys = [each.object_id for each in outcomes if each.content_type_id == kind.pk]
            found |= {(kind.pk, key): row for key, row in _named_rows(model, keys).items()}
        return [self.line(each, found.get((each.content_type_id, each.object_id))) for each in outcomes]

    def line(self, outcome: Any, row: Any) -> LinkedItem:
        """Return the line of an outcome. Without a row, it was a new one that was declined, or is deleted since."""
        model: Any = ContentType.objects.get_for_id(outcome.content_type_id).model_class()
        name, is_declined = full_name_or_username(outcome.by), outcome.kind == Comment.Kind.DECLINED
        if is_declined:
            detail = _("Declined by %(name)s: %(note)s") % {"name": name, "note": " ".join(outcome.text.splitlines())}
        else:
            detail = _("Published by %(name)s.") % {"name": name}
        return LinkedItem(
            text=str(row) if row else outcome.proposed_name or kind_name(model),
            url=change_url(row) if row else _proposal_url(model, outcome.object_id),
            kind=kind_name(model),
            detail=detail,
            at=outcome.at,
            dismiss_url=_url(model, "dismiss_outcome", outcome.pk),
        )


def _named_rows(model: type[Model], keys: list[int]) -> dict[int, Any]:
    """Return the rows by primary key, with what their names are made of."""
    rows: dict[int, Any] = with_required_relations(model._default_manager.all()).in_bulk(keys)
    return rows


def _proposal_url(model: type[Versioned], key: int) -> str:
    return _url(model, "proposal", key)


def _url(model: type[Versioned], name: str, key: int) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=[key])
