from django.conf import settings

from postportal.demo.content_files import Entry, pick, read
from postportal.demo.redirects import remember
from postportal.demo.run import Run
from postportal.pages.models import MenuItem, Page, Redirect, ServiceNotice, SiteSettings
from postportal.publishing.models import State


def load_site(run: Run) -> None:
    """Name, menus and notices of the portal."""
    content = read("site")
    run.ensure(SiteSettings, {"pk": 1}, content["settings"])
    # Links and notices have no name of their own to know them by, so editors' lists are left alone as a whole.
    if not MenuItem.objects.exists():
        _load_menus(run, content["menu"])
    if not ServiceNotice.objects.exists():
        for notice in content["notices"]:
            run.add(ServiceNotice(**notice))
    for gone in content["gone"]:
        run.ensure(Redirect, pick(gone, "old_path"), pick(gone, "gone_reason"))


def _load_menus(run: Run, menus: list[Entry]) -> None:
    for menu in menus:
        for order, link in enumerate(menu["links"], start=1):
            run.add(MenuItem(place=menu["place"], order=order, **link))


def load_pages(run: Run) -> None:
    originals: dict[str, Page] = {}
    for entry in read("pages")["pages"]:
        page, made = _page(run, entry, original=originals.get(entry["path"]))
        originals.setdefault(entry["path"], page)
        if made:
            remember(run, entry, page)


def _page(run: Run, entry: Entry, *, original: Page | None) -> tuple[Page, bool]:
    key = {"path": entry["path"], "language": entry.get("language", settings.LANGUAGE_CODE)}
    fields = pick(entry, "title", "standfirst", "body")
    return run.ensure(Page, key, fields | {"translation_of": original, "state": State.PUBLISHED, "publish_at": run.now})
