"""Loading the demo: everything that is missing is added, in one transaction."""

import datetime as dt

from django.db import transaction

from news.models import Article, NameScan
from news.name_scans import continue_unfinished
from postportal.demo.accounts import load_accounts
from postportal.demo.articles import ArticleLoader
from postportal.demo.curation import load_curation
from postportal.demo.desk import load_desk
from postportal.demo.directory import DirectoryLoader
from postportal.demo.documents import load_documents
from postportal.demo.hotlines import HotlineLoader
from postportal.demo.media import load_media
from postportal.demo.pictures import PictureLoader
from postportal.demo.proposals import load_proposals
from postportal.demo.run import LoadRun
from postportal.demo.site import load_pages, load_site
from postportal.demo.stamps import StampLoader
from postportal.demo.workflow import WorkflowLoader
from postportal.pages.models import Page


def is_portal_empty() -> bool:
    """Return True if there is no article and no page yet."""
    return not (Article.objects.exists() or Page.objects.exists())


@transaction.atomic
def load_demo_content(*, now: dt.datetime, include_accounts: bool) -> LoadRun:
    """Add everything of the demo that is missing, or nothing if one part fails. Return what was created.

    Drafts, corrections and releases belong to accounts, so they are only loaded with `include_accounts`."""
    run = LoadRun(now=now)
    load_site(run)
    load_pages(run)
    pictures = PictureLoader(run)
    pictures.load()
    directory = DirectoryLoader(run, pictures)
    directory.load()
    HotlineLoader(run, directory).load()
    articles = ArticleLoader(run, pictures, directory)
    articles.load()
    StampLoader(run, pictures, directory).load()
    load_documents(run)
    load_media(run, pictures)
    load_curation(run)
    if include_accounts:
        load_accounts(run)
        WorkflowLoader(run, articles).load()
        load_desk(run)
        load_proposals()
    return run


def search_archive() -> None:
    """Search the archive for the people of the demo, whose names are in the index by now. It links nothing."""
    while NameScan.objects.unfinished().exists():
        continue_unfinished()
