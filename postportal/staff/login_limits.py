"""Limits on failed logins. They are counted in the audit log, in the database that a login needs anyway, so that a
cache that is down opens no door.

After ten failures in five minutes an account is closed to the network they came from, and after thirty for any accounts
the network is (one password tried on many names). A hundred failures in an hour from anywhere close the account to the
networks from which its owner has not logged in before, so that no stranger can lock the owner out."""

import datetime as dt
import ipaddress
from typing import NamedTuple

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.audit.one_line import one_line
from postportal.audit.signals import shorten_username
from postportal.web.rate_limits import client_ip, network_of

MAX_FAILURES_OF_ACCOUNT_IN_NETWORK = 10
MAX_FAILURES_IN_NETWORK = 30
WINDOW = dt.timedelta(minutes=5)
MAX_FAILURES_OF_ACCOUNT = 100
ACCOUNT_WINDOW = dt.timedelta(hours=1)
# Links to choose a password that a network asks for, whether there are accounts or not, and emails to one account.
MAX_LINKS_IN_NETWORK = 10
MAX_LINKS_OF_ACCOUNT = 3
# Networks from which somebody has logged in so long ago are not theirs any more.
KNOWN_NETWORK_AGE = dt.timedelta(days=90)
# Failures from IPv6 addresses that may be in the same network.
MAX_ROWS = 1000
MAX_DETAIL = Entry._meta.get_field("detail").max_length or 0


class Failure(NamedTuple):
    at: dt.datetime
    network: str


class LimitedLoginForm(AdminAuthenticationForm):
    """Login form that checks no password while there are too many failures."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "too_many": _("Too many failed logins. Wait a few minutes and try again."),
    }
    # Set if the login is refused: the number of seconds until the next attempt.
    retry_after = 0

    def clean(self) -> dict[str, object]:
        username = self.cleaned_data.get("username")
        if username and self.request:
            self.retry_after = seconds_to_wait(self.request, username=username, at=timezone.now())
            if self.retry_after:
                raise ValidationError(self.error_messages["too_many"], code="too_many")
        return super().clean()


def seconds_to_wait(request: HttpRequest, *, username: str, at: dt.datetime) -> int:
    """Return the number of seconds until the client may try to log in as `username`, or 0 if it may do so now.

    Without a name, as with a passkey that nobody has, only its network counts."""
    network = network_of(client_ip(request))
    typed = one_line(shorten_username(username), limit=MAX_DETAIL)
    of_account = (
        _failures(Q(detail=typed), since=at - ACCOUNT_WINDOW, limit=MAX_FAILURES_OF_ACCOUNT) if username else []
    )
    in_network = _failures(_may_be_in(network), since=at - WINDOW, limit=MAX_ROWS)
    recent = [failure.at for failure in of_account if failure.network == network and failure.at > at - WINDOW]
    from_network = [failure.at for failure in in_network if failure.network == network]
    ends = [
        _end(recent, limit=MAX_FAILURES_OF_ACCOUNT_IN_NETWORK, window=WINDOW),
        _end(from_network, limit=MAX_FAILURES_IN_NETWORK, window=WINDOW),
    ]
    if len(of_account) >= MAX_FAILURES_OF_ACCOUNT and network not in _known_networks(username, at):
        ends.append(_end([failure.at for failure in of_account], limit=MAX_FAILURES_OF_ACCOUNT, window=ACCOUNT_WINDOW))
    latest = max((end for end in ends if end), default=None)
    return max(1, round((latest - at).total_seconds())) if latest else 0


def seconds_until_link(request: HttpRequest, *, at: dt.datetime) -> int:
    """Return the number of seconds until the client may ask for a link to choose a password, 0 if it may do so now."""
    network = network_of(client_ip(request))
    asked = _failures(_may_be_in(network), since=at - WINDOW, limit=MAX_ROWS, action=Action.PASSWORD_LINK)
    end = _end([row.at for row in asked if row.network == network], limit=MAX_LINKS_IN_NETWORK, window=WINDOW)
    return max(1, round((end - at).total_seconds())) if end else 0


def may_mail_link(user: User, *, at: dt.datetime) -> bool:
    """Return True unless the account has been sent so many links that more would only be a nuisance to its owner."""
    sent = Entry.objects.filter(
        action=Action.PASSWORD_LINK, at__gt=at - ACCOUNT_WINDOW, item_label="auth.user", item_key=str(user.pk)
    )
    return sent.count() < MAX_LINKS_OF_ACCOUNT


def _failures(condition: Q, *, since: dt.datetime, limit: int, action: Action = Action.LOGIN_FAILED) -> list[Failure]:
    """Return the newest failed logins, or entries of another action, since then, newest first."""
    rows = Entry.objects.filter(condition, action=action, at__gt=since).order_by("-at")
    return [Failure(at, network_of(address)) for at, address in rows.values_list("at", "address")[:limit]]


def _end(failures: list[dt.datetime], *, limit: int, window: dt.timedelta) -> dt.datetime | None:
    """Return the time at which fewer than `limit` of the failures, newest first, are in the window."""
    return failures[limit - 1] + window if len(failures) >= limit else None


def _may_be_in(network: str) -> Q:
    """Return a condition for addresses in the network, and perhaps others: IPv6 addresses can be shortened."""
    if "/" not in network:
        return Q(address__in=[network, f"::ffff:{network}"])
    first_group = ipaddress.ip_network(network).network_address.exploded.partition(":")[0].lstrip("0")
    return Q(address__startswith=f"{first_group}:")


def _known_networks(username: str, at: dt.datetime) -> set[str]:
    rows = Entry.objects.filter(action=Action.LOGIN, actor_name=username, at__gt=at - KNOWN_NETWORK_AGE)
    return {network_of(address) for address in rows.order_by("address").values_list("address", flat=True).distinct()}
