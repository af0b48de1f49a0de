import datetime as dt
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from postportal.richtext import external_links
from postportal.richtext.models import ExternalLink


class Command(BaseCommand):
    help = "Ask other sites whether the links to them in texts work. A run that was stopped goes on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=7, help="Check links again after this many days.")
        parser.add_argument("--limit", type=int, help="Check at most this many links.")
        parser.add_argument(
            "--pause",
            type=float,
            default=external_links.PAUSE_SECONDS,
            help="Seconds between two requests to the same host.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        external_links.forget_unused()
        not_since = timezone.now() - dt.timedelta(days=options["days"])
        urls = external_links.urls_to_check(not_since=not_since, limit=options["limit"])
        counts: Counter[str] = Counter()
        for link in external_links.check_urls(urls, pause=max(options["pause"], 1.0)):
            counts[link.outcome] += 1
            if link.outcome != ExternalLink.Outcome.WORKS:
                self.stdout.write(f"{link.url} {external_links.describe_result(link)}")
        total = ", ".join(f"{outcome.label}: {counts[outcome]}" for outcome in ExternalLink.Outcome if counts[outcome])
        self.stdout.write(f"Links checked: {counts.total()}. {total}".rstrip(". ") + ".")
