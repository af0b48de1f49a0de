"""The links beside a list of articles: its sections and years, each with the number of articles that the link opens.

The links of all news lead to the lists of sections and years. Those of other lists, such as the news about a person,
stay within the list: `/people/zhou-mei/news/?year=2021`."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from news.archive import Archive
from news.listings import Listing
from news.models import Section
from news.models.article import ArticleQuerySet
from postportal.web.date_ranges import DateRange
from postportal.web.kept_urls import kept_url


@dataclass(frozen=True)
class NarrowingLink:
    """A link to part of a list. `remove_url` is the URL of the list without it, if it is chosen within the list."""

    label: str | int
    count: int
    url: str
    current: str = ""
    remove_url: str = ""


class Narrowing:
    """The section and the year that a reader has chosen within a list. Values that the list does not have are
    ignored. `archive` has the counts of the list, or of all news if the list is of a period."""

    def __init__(self, listing: Listing, archive: Archive, parameters: Mapping[str, str]) -> None:
        self.listing, self.archive = listing, archive
        self.year: int | None = None
        self.section: Section | None = None
        if listing.is_narrowed_in_place:
            years = {f"{year:04}": year for year in archive.years}
            sections = {section.slug: section for section, _count in archive.sections}
            self.year = years.get(parameters.get("year", ""))
            self.section = None if listing.section else sections.get(parameters.get("section", ""))

    @property
    def values(self) -> dict[str, str]:
        """The parameters of the URL."""
        return {
            **({"section": self.section.slug} if self.section else {}),
            **({"year": f"{self.year:04}"} if self.year else {}),
        }

    def apply(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        if self.section:
            articles = articles.filter(section=self.section)
        if self.year:
            articles = articles.filter(dateline_on__range=DateRange.of_years(self.year, self.year))
        return articles

    @property
    def count(self) -> int | None:
        """The number of articles in the chosen part of the list. None for a list of a day: none is kept."""
        if self.listing.day:
            return None
        year = self.year or self.listing.year
        return self.archive.count(section=self.section, year=year, month=self.listing.month)

    def years_between(self, start: int, stop: int) -> tuple[DateRange | None, int]:
        """Return the years of the articles from place `start` to before place `stop` in the list, newest first, and the
        number of articles after these years. Without years if the list is within one, or shorter."""
        if self.year or self.listing.year:
            return None, 0
        found: list[int] = []
        skipped = passed = 0
        for year, count in self.archive.years_in(self.section).items():
            if passed + count <= start:
                skipped = passed + count
            elif passed < stop:
                found.append(year)
            passed += count
        return (DateRange.of_years(found[-1], found[0]) if found else None), skipped

    @property
    def section_links(self) -> list[NarrowingLink]:
        if self.listing.section:
            return []
        year = self.year or self.listing.year
        return [self._section_link(section, count) for section, count in self.archive.sections_in(year)]

    @property
    def year_links(self) -> list[NarrowingLink]:
        return [self._year_link(year, count) for year, count in self.archive.years_in(self.section).items()]

    @property
    def active_links(self) -> list[NarrowingLink]:
        """The chosen section and year, each with the URL of the list without it."""
        return [
            *([self._section_link(self.section, 0)] if self.section else []),
            *([self._year_link(self.year, 0)] if self.year else []),
        ]

    def _section_link(self, section: Section, count: int) -> NarrowingLink:
        if self.listing.is_narrowed_in_place:
            return self._link_within("section", section.slug, str(section), count)
        url = section.get_absolute_url()
        return NarrowingLink(str(section), count, f"{url}?year={self.listing.year:04}" if self.listing.year else url)

    def _year_link(self, year: int, count: int) -> NarrowingLink:
        if self.listing.is_narrowed_in_place:
            return self._link_within("year", f"{year:04}", year, count)
        current = ("true" if self.listing.month else "page") if year == self.listing.year else ""
        return NarrowingLink(year, count, kept_url("news:year", year), current)

    def _link_within(self, name: str, value: str, label: str | int, count: int) -> NarrowingLink:
        others = {other: chosen for other, chosen in self.values.items() if other != name}
        url = f"?{urlencode({**others, name: value})}"
        if self.values.get(name) != value:
            return NarrowingLink(label, count, url)
        return NarrowingLink(label, count, url, "true", f"?{urlencode(others)}" if others else self.listing.url)
