import pytest
from pytest_django import Settings

from postportal.page_cache.dropping import drop_every_page
from postportal.publishing.models import Revision
from postportal.publishing.versions.undeletion import undelete
from postportal.richtext.references import DOCUMENT, reference_to
from tests.factories import documents, news, staff
from tests.page_caches import ask, is_kept, page_cache

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _debug(settings: Settings) -> None:
    """The header that tells a hit is only sent in development."""
    settings.DEBUG = True


def test_every_page_is_made_again() -> None:
    url = news.article("Road opens").get_absolute_url()
    with page_cache() as cache:
        assert (is_kept(cache, url), is_kept(cache, url)) == (False, True)

        drop_every_page()

        assert not is_kept(cache, url)


def test_restored_document_is_at_once_in_a_text_that_still_names_it() -> None:
    document = documents.document("Parcel tariff")
    link = f'<p><a href="{reference_to(document.pk, scheme=DOCUMENT)}">Prices</a></p>'
    url = news.article("Road opens", body=link).get_absolute_url()
    document.delete()
    path, words = f"/documents/{Revision.objects.get().object_id}/".encode(), []
    with page_cache() as cache:
        words.append(path in ask(cache, url).body)
        assert is_kept(cache, url)

        undelete(Revision.objects.last_of_deleted(type(document)).get(), by=staff.account(is_superuser=True))

        words.append(path in ask(cache, url).body)
    assert words == [False, True]
