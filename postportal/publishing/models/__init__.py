from postportal.publishing.models.assignment import Assignment
from postportal.publishing.models.authorship import Authorship, authored_by
from postportal.publishing.models.calendar_key import CalendarKey
from postportal.publishing.models.comment import Comment
from postportal.publishing.models.edition import Edition
from postportal.publishing.models.item_template import ItemTemplate
from postportal.publishing.models.planned import Planned, PlannedQuerySet
from postportal.publishing.models.presence import Presence
from postportal.publishing.models.preview_link import PreviewLink
from postportal.publishing.models.publishable import (
    HAS_EXPIRY,
    IS_DRAFT,
    PUBLIC_STATES,
    PubliclyTimed,
    PubliclyTimedQuerySet,
    Publishable,
    State,
    pictures_visibility,
    visibility,
)
from postportal.publishing.models.release import Releasable, Release
from postportal.publishing.models.rendered_preview import RenderedPreview
from postportal.publishing.models.revision import Revision
from postportal.publishing.models.site_identity import SiteIdentity
from postportal.publishing.models.versioned import Versioned

__all__ = [
    "HAS_EXPIRY",
    "IS_DRAFT",
    "PUBLIC_STATES",
    "Assignment",
    "Authorship",
    "CalendarKey",
    "Comment",
    "Edition",
    "ItemTemplate",
    "Planned",
    "PlannedQuerySet",
    "Presence",
    "PreviewLink",
    "PubliclyTimed",
    "PubliclyTimedQuerySet",
    "Publishable",
    "Releasable",
    "Release",
    "RenderedPreview",
    "Revision",
    "SiteIdentity",
    "State",
    "Versioned",
    "authored_by",
    "pictures_visibility",
    "visibility",
]
