from postportal.publishing.admin.publishable import (
    CORRECTION_FIELDSET,
    PUBLISHING_FIELDSET,
    TIMED_FIELDSET,
    PublishableAdmin,
    TimedAdmin,
)
from postportal.publishing.admin.release import ReleaseAdmin
from postportal.publishing.admin.tagging import tag_selected

__all__ = [
    "CORRECTION_FIELDSET",
    "PUBLISHING_FIELDSET",
    "TIMED_FIELDSET",
    "PublishableAdmin",
    "ReleaseAdmin",
    "TimedAdmin",
    "tag_selected",
]
