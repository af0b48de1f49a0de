from typing import Any

from django.core.management.base import BaseCommand

from news.models import Article, NameScan, Person
from news.name_findings import update
from news.name_scans import go_on, start

BATCH_SIZE = 500


class Command(BaseCommand):
    help = "Find names to check in all articles, and finish the searches of the archive for people in the register."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        last = 0
        while pks := list(Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH_SIZE]):
            update("news.article", pks)
            last, count = pks[-1], count + len(pks)
        self.stdout.write(f"Articles read: {count}")
        people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
        for first in range(0, len(people), BATCH_SIZE):
            start("news.person", people[first : first + BATCH_SIZE])
        finished = 0
        while scan := NameScan.objects.unfinished().first():
            go_on(scan.pk)
            finished += not NameScan.objects.unfinished().filter(pk=scan.pk).exists()
        self.stdout.write(f"Searches of the archive finished: {finished}")
