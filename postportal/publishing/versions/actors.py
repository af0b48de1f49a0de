"""Names of those who saved or deleted versions, as colleagues read them."""

from django.utils.translation import gettext as _

from postportal.publishing.models import Revision
from postportal.staff.account_names import full_name_or_username


def actor_name(revision: Revision) -> str:
    """Return the name of the account or command, "" where neither is known."""
    if revision.command:
        return _("by the command %(name)s") % {"name": revision.command}
    return full_name_or_username(revision.by)
