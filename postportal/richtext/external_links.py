"""Links of texts to other sites: which are checked, how politely, and what is said of the answer."""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from postportal.richtext.models import ExternalLink, TextLink
from postportal.web.outbound import Answer, NoAnswerError, NotAskedError, ask

Outcome = ExternalLink.Outcome
# Refused to programs, and often open to readers: no sign that the page is gone. 999 is what a large network answers.
_REFUSALS = {401, 402, 403, 405, 406, 407, 418, 421, 429, 451, 999}
# Two requests to one host are this far apart.
PAUSE_SECONDS = 5.0
# A host that does not answer so often in a row is left alone until the next run.
MAX_FAILURES = 3


class Clock(NamedTuple):
    """Time that passes, and waiting."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


class Host:
    """URLs of a host that are still to be checked, and when it may be asked again."""

    def __init__(self) -> None:
        self.urls: deque[str] = deque()
        self.next_at = 0.0
        self.failures = 0


def forget_unused() -> int:
    """Delete the results of URLs that no text links to any more, and return their number."""
    return ExternalLink.objects.exclude(url__in=TextLink.objects.values("path")).delete()[0]


def urls_to_check(*, not_since: Any, limit: int | None = None) -> list[str]:
    """Return the URLs of other sites that were never checked, then those last checked before `not_since`, oldest first:
    a run that was stopped goes on where it was."""
    is_external = Q(path__istartswith="http://") | Q(path__istartswith="https://")
    linked = set(TextLink.objects.filter(is_external).values_list("path", flat=True))
    checked = dict(ExternalLink.objects.values_list("url", "checked_at"))
    wanted = [url for url in linked if url not in checked or checked[url] < not_since]
    wanted.sort(key=lambda url: (url in checked, checked.get(url), url))
    return wanted[:limit]


def check_urls(
    urls: Collection[str], *, pause: float = PAUSE_SECONDS, clock: Clock | None = None, **limits: Any
) -> Iterator[ExternalLink]:
    """Ask for each URL and yield the stored result, one request at a time, and each host with a pause between.
    `limits` are those of `ask`."""
    clock = clock or Clock()
    hosts: dict[str, Host] = defaultdict(Host)
    for url in urls:
        hosts[_host(url)].urls.append(url)
    while hosts:
        name, host = min(hosts.items(), key=lambda item: item[1].next_at)
        if (wait := host.next_at - clock.now()) > 0:
            clock.wait(wait)
        link, is_refused = _check(host.urls.popleft(), **limits)
        yield link
        host.next_at = clock.now() + pause
        host.failures = host.failures + 1 if link.outcome == Outcome.NO_ANSWER else 0
        if not host.urls or is_refused or host.failures >= MAX_FAILURES:
            del hosts[name]


def dead_urls(urls: Collection[str]) -> set[str]:
    """Return those of the URLs that readers could not open when they were last checked."""
    return set(ExternalLink.objects.dead().filter(url__in=urls).values_list("url", flat=True)) if urls else set()


def results_of(urls: Collection[str]) -> dict[str, ExternalLink]:
    """Return what is known of these URLs."""
    return {link.url: link for link in ExternalLink.objects.filter(url__in=urls)} if urls else {}


def describe_result(link: ExternalLink) -> str:
    """Return what the last check found, with its day: the same words in forms, lists and commands."""
    values = {"day": date_format(timezone.localtime(link.checked_at), "MONTH_DAY_FORMAT"), "status": link.status}
    values["url"] = link.new_url
    texts = {
        Outcome.WORKS: _("answered on %(day)s"),
        Outcome.MOVED: _("has moved to %(url)s, checked on %(day)s"),
        Outcome.ERROR: _("answered with error %(status)s on %(day)s"),
        Outcome.NO_ANSWER: _("did not answer on %(day)s"),
        Outcome.UNKNOWN: _("could not be checked on %(day)s"),
    }
    return texts[Outcome(link.outcome)] % values


def _check(url: str, **limits: Any) -> tuple[ExternalLink, bool]:
    """Return the stored result, and whether the host asks not to be asked again soon."""
    answer: Answer | None = None
    try:
        answer = ask(url, user_agent=settings.LINK_CHECK_USER_AGENT, **limits)
        outcome = _outcome_of(answer)
    except NotAskedError:
        outcome = Outcome.UNKNOWN
    except NoAnswerError:
        outcome = Outcome.NO_ANSWER
    new_url = answer.url if answer and outcome == Outcome.MOVED else ""
    result = {"outcome": outcome, "status": answer.status if answer else None, "checked_at": timezone.now()}
    link, _is_new = ExternalLink.objects.update_or_create(url=url, defaults={**result, "new_url": new_url})
    return link, bool(answer and (answer.status == 429 or answer.retry_after))


def _outcome_of(answer: Answer) -> ExternalLink.Outcome:
    if answer.status in _REFUSALS:
        return Outcome.UNKNOWN
    if answer.status >= 400:
        return Outcome.ERROR
    fits = len(answer.url) <= (ExternalLink._meta.get_field("new_url").max_length or 0)
    return Outcome.MOVED if answer.has_moved and fits else Outcome.WORKS


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
