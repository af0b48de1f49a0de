from postportal.publishing.admin.publishable import (
    CORRECTION_FIELDSET,
    PUBLISHING_FIELDSET,
    TIMED_FIELDSET,
    PublishableAdmin,
    TimedAdmin,
)
from postportal.publishing.admin.release import ReleaseAdmin

__all__ = [
    "CORRECTION_FIELDSET",
    "PUBLISHING_FIELDSET",
    "TIMED_FIELDSET",
    "PublishableAdmin",
    "ReleaseAdmin",
    "TimedAdmin",
]
