import os

from django.core.wsgi import get_wsgi_application

from postportal.security import guard_content_type

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postportal.settings")

application = guard_content_type(get_wsgi_application())
