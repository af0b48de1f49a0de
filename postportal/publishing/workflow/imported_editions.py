"""Editions of items that an import has scheduled."""

import datetime as dt
from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max

from postportal.publishing.models import Edition, Publishable, State
from postportal.publishing.models.edition import Stage
from postportal.publishing.workflow.changes import set_stage


def settle_editions(items: Sequence[Publishable], *, at: dt.datetime) -> None:
    """Bring the editions of items whose state or time an import has set in line with them. A scheduled item gets one,
    so that it is published at its time like any other; one that is not scheduled any more is not."""
    if not items:
        return
    editions = Edition.objects.of_model(type(items[0])).filter(object_id__in=[item.pk for item in items])
    opened = {edition.object_id: edition for edition in editions.open()}
    for item in items:
        edition = opened.get(item.pk)
        if edition and item.state == State.SCHEDULED:
            set_stage(edition, Stage.SCHEDULED, due_at=item.publish_at, failure="")
        elif edition and item.state == State.PUBLISHED:
            set_stage(edition, Stage.PUBLISHED, content=None, due_at=None, published_at=at)
        elif edition and edition.stage == Stage.SCHEDULED:
            set_stage(edition, Stage.DRAFT, due_at=None)
    missing = [item for item in items if item.state == State.SCHEDULED and item.pk not in opened]
    last = dict(editions.order_by().values_list("object_id").annotate(Max("number"))) if missing else {}
    content_type = ContentType.objects.get_for_model(items[0])
    Edition.objects.bulk_create(
        Edition(
            content_type=content_type,
            object_id=item.pk,
            number=last.get(item.pk, 0) + 1,
            stage=Stage.SCHEDULED,
            created_at=at,
            due_at=item.publish_at,
        )
        for item in missing
    )
