"""Site settings, menus, notices and pages of the demo."""

from django.conf import settings

from postportal.demo.content_files import ContentEntry, pick_fields, read_content
from postportal.demo.redirects import add_redirect
from postportal.demo.run import LoadRun
from postportal.pages.models import MenuItem, Page, Redirect, ServiceNotice, SiteSettings
from postportal.publishing.models import State


def load_site(run: LoadRun) -> None:
    """Add the site settings, menus, notices and removed URLs."""
    content = read_content("site")
    run.get_or_create(SiteSettings, {"pk": 1}, content["settings"])
    # Links and notices have no key to find them by, so a list that editors have begun is left alone as a whole.
    if not MenuItem.objects.exists():
        _add_menus(run, content["menu"])
    if not ServiceNotice.objects.exists():
        for notice in content["notices"]:
            run.add(ServiceNotice(**notice))
    for entry in content["gone_urls"]:
        run.get_or_create(Redirect, pick_fields(entry, "old_path"), pick_fields(entry, "gone_reason"))


def _add_menus(run: LoadRun, menus: list[ContentEntry]) -> None:
    for menu in menus:
        for order, link in enumerate(menu["links"], start=1):
            run.add(MenuItem(place=menu["place"], order=order, **link))


def load_pages(run: LoadRun) -> None:
    """Add the static pages. The first entry of a path is the original, the others are its translations."""
    originals: dict[str, Page] = {}
    for entry in read_content("pages")["pages"]:
        page, is_new = _add_page(run, entry, original=originals.get(entry["path"]))
        originals.setdefault(entry["path"], page)
        if is_new:
            add_redirect(run, entry, page)


def _add_page(run: LoadRun, entry: ContentEntry, *, original: Page | None) -> tuple[Page, bool]:
    key = {"path": entry["path"], "language": entry.get("language", settings.LANGUAGE_CODE)}
    fields = pick_fields(entry, "title", "standfirst", "body")
    return run.get_or_create(
        Page, key, fields | {"translation_of": original, "state": State.PUBLISHED, "publish_at": run.now}
    )
