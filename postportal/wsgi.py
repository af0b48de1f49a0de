import gc
import logging
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from postportal.web import metrics
from postportal.web.bearer_urls import HideKeys
from postportal.web.request_ids import with_request_id
from postportal.web.request_metrics import with_metrics
from postportal.web.security import guard_content_type

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postportal.settings")

# gunicorn writes URLs itself, if its access log is on or a request fails.
for _name in ("gunicorn.access", "gunicorn.error"):
    logging.getLogger(_name).addFilter(HideKeys())

_django = get_wsgi_application()

from postportal.page_cache.page_cache import with_page_cache  # noqa: E402 - its models need the apps

if settings.METRICS_TOKEN:
    metrics.start(settings.METRICS_FOLDER)
application = with_request_id(with_metrics(guard_content_type(with_page_cache(_django))))

# All code is read now, not with the first page, and stays out of the garbage collector's sight: going through it takes
# a tenth of a second, in the midst of somebody's page.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
