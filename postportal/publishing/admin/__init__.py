from postportal.publishing.admin.filing import add_tags, change_language, column_form, filing_action, remove_tags
from postportal.publishing.admin.item_filters import (
    AssignmentFilter,
    ChangedFilter,
    PictureFilter,
    TagFilter,
    TranslationFilter,
    WorkFilter,
    WriterFilter,
)
from postportal.publishing.admin.proposals import ProposalAdmin, ProposalPanel, PubliclyTimedProposalAdmin
from postportal.publishing.admin.publishable import (
    CORRECTION_FIELDSET,
    PUBLISHING_FIELDSET,
    VISIBILITY_FIELDSET,
    PubliclyTimedAdmin,
    PublishableAdmin,
)
from postportal.publishing.admin.release import ReleaseAdmin
from postportal.publishing.admin.tag import TagAdmin
from postportal.publishing.admin.versioned import VersionedAdmin

__all__ = [
    "CORRECTION_FIELDSET",
    "PUBLISHING_FIELDSET",
    "VISIBILITY_FIELDSET",
    "AssignmentFilter",
    "ChangedFilter",
    "PictureFilter",
    "ProposalAdmin",
    "ProposalPanel",
    "PubliclyTimedAdmin",
    "PubliclyTimedProposalAdmin",
    "PublishableAdmin",
    "ReleaseAdmin",
    "TagAdmin",
    "TagFilter",
    "TranslationFilter",
    "VersionedAdmin",
    "WorkFilter",
    "WriterFilter",
    "add_tags",
    "change_language",
    "column_form",
    "filing_action",
    "remove_tags",
]
