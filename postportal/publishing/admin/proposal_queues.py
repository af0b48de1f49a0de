"""Work queues of proposals: those that wait for a second person, and those that were returned to their writer."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.models import Edition, Versioned
from postportal.publishing.models.edition import Stage
from postportal.publishing.workflow.proposals import PROPOSE, models_with_proposals
from postportal.staff.account_names import full_name_or_username
from postportal.staff.permissions import change_url, has_model_permission
from postportal.staff.work_queues import MAX_ITEMS, LinkedItem, QuerySetQueue, kind_name


class _ProposalQueue(QuerySetQueue):
    permission = "change"

    def models(self) -> Iterable[type[Versioned]]:
        return models_with_proposals()

    def is_visible_to(self, user: Any) -> bool:
        return bool(self._models_for(user))

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [
            self.waiting_for(Edition.objects.of_model(model).newest_first(), user).filter(
                object_id__in=model._default_manager.values("pk")
            )
            for model in self._models_for(user)
        ]

    def _models_for(self, user: Any) -> list[type[Versioned]]:
        return [model for model in self.models() if has_model_permission(user, self.permission, model)]

    def waiting_for(self, editions: Any, user: Any) -> Any:
        raise NotImplementedError

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        found = []
        for model, rows in zip(self._models_for(user), self.querysets(user, at), strict=True):
            editions = list(rows.select_related("submitted_by").defer("content")[:MAX_ITEMS])
            items = model._default_manager.in_bulk([edition.object_id for edition in editions])
            found += [self.line(edition, items[edition.object_id]) for edition in editions]
        return found[:MAX_ITEMS]

    def line(self, edition: Edition, item: Versioned) -> LinkedItem:
        detail = _("Submitted by %(name)s.") % {"name": full_name_or_username(edition.submitted_by)}
        url = reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_proposal", args=[item.pk])
        return LinkedItem(text=str(item), url=url, kind=kind_name(item), detail=detail, at=edition.submitted_at)


class ProposedChanges(_ProposalQueue):
    name, order = "proposals", 22
    label, action_label = gettext_lazy("Proposed changes"), gettext_lazy("Review")
    hint = gettext_lazy("Changes to what stands on every page that you can publish and did not work on.")

    def waiting_for(self, editions: Any, user: Any) -> Any:
        return editions.filter(stage=Stage.REVIEW).exclude(writers=user)


class ReturnedProposals(_ProposalQueue):
    name, order, permission = "returned-proposals", 11, PROPOSE
    label, action_label = gettext_lazy("Proposals returned to me"), gettext_lazy("Continue writing")
    hint = gettext_lazy("Your changes that a colleague has returned with a note.")

    def waiting_for(self, editions: Any, user: Any) -> Any:
        return editions.filter(stage=Stage.DRAFT, writers=user)

    def line(self, edition: Edition, item: Versioned) -> LinkedItem:
        return LinkedItem(text=str(item), url=change_url(item), kind=kind_name(item), at=edition.submitted_at)
