from postportal.publishing.admin.publishable import (
    CORRECTION_FIELDSET,
    PUBLISHING_FIELDSET,
    TIMED_FIELDSET,
    PublishableAdmin,
    TimedAdmin,
)

__all__ = ["CORRECTION_FIELDSET", "PUBLISHING_FIELDSET", "TIMED_FIELDSET", "PublishableAdmin", "TimedAdmin"]
