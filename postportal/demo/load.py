import datetime as dt

from django.db import transaction

from news.models import Article
from postportal.demo.accounts import load_accounts
from postportal.demo.articles import Articles
from postportal.demo.curation import load_guidance
from postportal.demo.directory import Register
from postportal.demo.hotlines import Hotlines
from postportal.demo.pictures import Pictures
from postportal.demo.run import Run
from postportal.demo.site import load_pages, load_site
from postportal.demo.stamps import Stamps
from postportal.demo.workflow import Desk
from postportal.pages.models import Page


def is_empty() -> bool:
    """True where nobody has written anything yet."""
    return not (Article.objects.exists() or Page.objects.exists())


@transaction.atomic
def load(*, now: dt.datetime, with_accounts: bool) -> Run:
    """Add whatever of the demo is not there yet, all of it or nothing."""
    run = Run(now=now)
    load_site(run)
    load_pages(run)
    pictures = Pictures(run)
    register = Register(run, pictures)
    register.load()
    articles = Articles(run, pictures, register)
    articles.load()
    Hotlines(run, register).load()
    Stamps(run, pictures, register).load()
    load_guidance(run)
    if with_accounts:
        load_accounts(run)
        Desk(run, articles).load()
    return run
