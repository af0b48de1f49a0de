from postportal.publishing.admin.publishable import (
    CORRECTION_FIELDSET,
    PUBLISHING_FIELDSET,
    VISIBILITY_FIELDSET,
    PubliclyTimedAdmin,
    PublishableAdmin,
)
from postportal.publishing.admin.release import ReleaseAdmin
from postportal.publishing.admin.tagging import tag_selected

__all__ = [
    "CORRECTION_FIELDSET",
    "PUBLISHING_FIELDSET",
    "VISIBILITY_FIELDSET",
    "PubliclyTimedAdmin",
    "PublishableAdmin",
    "ReleaseAdmin",
    "tag_selected",
]
