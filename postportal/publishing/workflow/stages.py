"""Stages of an item in the workflow: the stage of its open edition, or else the state of its row."""

from postportal.publishing.models import Edition, Publishable, State
from postportal.publishing.models.edition import Stage

DRAFT, REVIEW, SCHEDULED = Stage.DRAFT.value, Stage.REVIEW.value, Stage.SCHEDULED.value
LIVE, WITHDRAWN, UNPUBLISHED = "live", State.WITHDRAWN.value, State.UNPUBLISHED.value


def stage_of(item: Publishable, edition: Edition | None) -> str:
    """Return the stage of the item. Pass no edition to get the stage of the row that readers see."""
    if edition and edition.is_open:
        return edition.stage
    return {State.PUBLISHED: LIVE, State.SCHEDULED: SCHEDULED}.get(State(item.state), item.state)
