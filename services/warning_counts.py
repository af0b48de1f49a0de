"""Numbers of warnings of stamp issues, stored when an issue or one of its stamps changes.

The dashboard counts them."""

from collections.abc import Collection

from services.models import StampIssue
from services.models.issue_warnings import warnings_of


def store_warning_counts(model: str, pks: Collection[int]) -> None:
    """Handle changes of these issues. Writes only numbers that have changed."""
    for issue in StampIssue.objects.filter(pk__in=pks).prefetch_related("stamps"):
        count = len(warnings_of(issue))
        if count != issue.warning_count:
            StampIssue.objects.filter(pk=issue.pk).update(warning_count=count)
