import pytest

from postportal.search.models import IndexBlock, IndexEntry, Posting, SitePage, Word, WriteLock


@pytest.fixture(autouse=True)
def _without_site_pages(request: pytest.FixtureRequest) -> None:
    """Start with an empty index: the pages of the site itself would be among the results of every test."""
    if request.node.get_closest_marker("django_db") and not request.node.get_closest_marker("site_pages"):
        request.getfixturevalue("db")
        for model in (SitePage, IndexEntry, IndexBlock, Posting, Word, WriteLock):
            model._default_manager.all().delete()
