"""Import of the parts around every old page: hotlines, menu and register numbers. Only missing ones are created."""

from dataclasses import dataclass, field

from django.urls import reverse

from news.models import Section
from postportal.legacy.importers.sections_and_sources import canonical_section_name, get_or_create_section
from postportal.legacy.parsing.hotlines import COUNTRY_CODE, PrintedHotline
from postportal.legacy.parsing.navigation import MenuEntry
from postportal.legacy.parsing.page import LegacyPage
from postportal.pages.models import MenuItem, SiteSettings
from postportal.text.folding import fold_name
from services.models import Hotline, HotlineNumber, Service

_URL_NAMES = {
    **dict.fromkeys(("home", "homepage", "home page", "index"), "home"),
    **dict.fromkeys(("news", "china post news", "latest news", "news center", "news centre"), "news:articles"),
    **dict.fromkeys(("contact us",), "contact:form"),
    **dict.fromkeys(("sitemap", "site map"), "pages:sitemap"),
    **dict.fromkeys(("hotlines",), "services:hotlines"),
    **dict.fromkeys(("stamps", "philately"), "services:stamps"),
    **dict.fromkeys(("services", "our services"), "services:services"),
}


@dataclass(slots=True)
class SiteChrome:
    """Menu, hotlines and register numbers, collected over a whole run because every page repeats them."""

    hotlines: dict[str, PrintedHotline] = field(default_factory=dict)
    menu: dict[str, MenuEntry] = field(default_factory=dict)
    register_numbers: list[str] = field(default_factory=list)

    def collect(self, page: LegacyPage) -> None:
        for hotline in page.hotlines:
            self.hotlines.setdefault(hotline.printed, hotline)
        # Only the English menu is imported: which Chinese label belongs to which entry is for an editor to decide.
        for entry in page.menu if page.language == "en" else ():
            self.menu.setdefault(entry.label.casefold(), entry)
        self.register_numbers.extend(each for each in page.register_numbers if each not in self.register_numbers)

    def store(self) -> list[str]:
        """Create missing rows and return findings about the differences."""
        findings = [finding for hotline in self.hotlines.values() for finding in store_hotline(hotline)]
        return [*findings, *self._store_menu(), *self._store_register_numbers()]

    def _store_menu(self) -> list[str]:
        labels = {label.casefold() for label in MenuItem.objects.values_list("label", flat=True)}
        missing = [entry for label, entry in self.menu.items() if label not in labels]
        if labels:
            # An entry missing from an existing menu may have been left out on purpose.
            return [f"not in the menu: {entry.label}" for entry in missing]
        findings = []
        for order, entry in enumerate(missing, start=1):
            url = _url_for(entry)
            if url:
                MenuItem.objects.create(label=entry.label[:60], address=url, order=order * 10)
            else:
                findings.append(f"no page for the menu entry “{entry.label}”")
        return findings

    def _store_register_numbers(self) -> list[str]:
        if not self.register_numbers:
            return []
        settings = SiteSettings.load()
        present = [line.strip() for line in settings.register_numbers.splitlines() if line.strip()]
        if not present:
            settings.register_numbers = "\n".join(self.register_numbers)
            settings.save()
            return []
        missing = [number for number in self.register_numbers if number not in present]
        return [f"register number not in the site settings: {number}" for number in missing]


def store_hotline(printed: PrintedHotline) -> list[str]:
    """Create the hotline unless one has its number. Return findings about differences and unusable numbers."""
    findings = []
    if printed.is_misprinted:
        findings.append(f"{printed.label}: “{printed.printed}” cannot be dialled; the number from abroad is unknown")
    if not printed.is_readable:
        return [*findings, f"{printed.label}: “{printed.printed}” is not a valid telephone number"]
    numbers = HotlineNumber.objects.filter(short_code=printed.domestic) if printed.domestic else HotlineNumber.objects
    known = numbers.all() if printed.domestic else numbers.filter(e164=printed.abroad)
    hotline = Hotline.objects.filter(numbers__in=known).order_by("pk").first()
    if hotline is None:
        return [*findings, *_add_hotline(printed)]
    abroad = set(hotline.numbers.exclude(e164="").values_list("e164", flat=True))
    if printed.abroad and abroad and printed.abroad not in abroad:
        ours = ", ".join(sorted(abroad))
        findings.append(f"{printed.label}: our number from abroad is {ours}, the page has {printed.printed}")
    return findings


def _add_hotline(printed: PrintedHotline) -> list[str]:
    label = printed.label[:120]
    known = Hotline.objects.values_list("purpose", "service__name")
    if fold_name(label) in {fold_name(name) for names in known for name in names}:
        return [f"{printed.label}: our number differs from {printed.printed}"]
    service, _ = Service.objects.get_or_create(name=label)
    order = 10 * (Hotline.objects.count() + 1)
    hotline = Hotline.objects.create(service=service, purpose=label, is_on_every_page=True, order=order)
    if printed.domestic:
        HotlineNumber.objects.create(
            hotline=hotline,
            short_code=printed.domestic,
            region=COUNTRY_CODE,
            scope=HotlineNumber.Scope.DOMESTIC,
            order=10,
        )
    if printed.abroad:
        scope = HotlineNumber.Scope.ABROAD if printed.domestic else HotlineNumber.Scope.ANYWHERE
        HotlineNumber.objects.create(hotline=hotline, e164=printed.abroad, scope=scope, order=20)
    return []


def _url_for(entry: MenuEntry) -> str:
    """Return the URL of the matching page on this portal, or "" if there is none."""
    if entry.year:
        return f"{reverse('services:stamps')}{{year}}/"
    name = _URL_NAMES.get(entry.label.casefold())
    if name:
        return reverse(name)
    section = Section.objects.with_name(entry.label).order_by("pk").first()
    known = canonical_section_name(entry.label)
    if section is None and known:
        section = get_or_create_section(known)
    return section.get_absolute_url() if section else ""
