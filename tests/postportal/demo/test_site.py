import pytest

from postportal.demo.run import LoadRun
from postportal.demo.site import load_pages, load_site
from postportal.pages.models import MenuItem, Page, Redirect, ServiceNotice, SiteSettings
from tests.postportal.demo.conftest import NOW

pytestmark = pytest.mark.django_db


def test_menu_and_notices_of_editors_are_not_changed() -> None:
    MenuItem.objects.create(label="Our own", address="/own/")
    ServiceNotice.objects.create(text="Our own notice.", language="en")

    load_site(LoadRun(now=NOW))

    assert list(MenuItem.objects.values_list("label", flat=True)) == ["Our own"]
    assert list(ServiceNotice.objects.values_list("text", flat=True)) == ["Our own notice."]
    assert SiteSettings.load().name == "PostPortal"


def test_removed_url_is_gone_with_a_reason() -> None:
    load_site(LoadRun(now=NOW))

    redirect = Redirect.objects.get(old_path="/html1/specimen/gone-1.htm")
    assert redirect.gone_reason.startswith("A specimen")


def test_page_translates_the_original_of_its_path() -> None:
    load_pages(LoadRun(now=NOW))

    original, translation = Page.objects.filter(path="about").order_by("language")
    assert (original.language, original.translation_of) == ("en", None)
    assert (translation.language, translation.translation_of) == ("zh-hans", original)
