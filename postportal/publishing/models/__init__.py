from postportal.publishing.models.comment import Comment
from postportal.publishing.models.edition import Edition
from postportal.publishing.models.presence import Presence
from postportal.publishing.models.preview_link import PreviewLink
from postportal.publishing.models.publishable import (
    GOES_AWAY,
    IS_DRAFT,
    RELEASED,
    Publishable,
    State,
    Timed,
    TimedQuerySet,
    visibility,
)
from postportal.publishing.models.release import Releasable, Release
from postportal.publishing.models.rendered_preview import DrawnPage
from postportal.publishing.models.revision import Revision

__all__ = [
    "GOES_AWAY",
    "IS_DRAFT",
    "RELEASED",
    "Comment",
    "DrawnPage",
    "Edition",
    "Presence",
    "PreviewLink",
    "Publishable",
    "Releasable",
    "Release",
    "Revision",
    "State",
    "Timed",
    "TimedQuerySet",
    "visibility",
]
