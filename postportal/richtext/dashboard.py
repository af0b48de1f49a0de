"""Checks of texts in the forms of items, and the choices of the link dialog."""

from django.utils.translation import gettext_lazy as _

from postportal.publishing.checks import register_check
from postportal.richtext import text_checks
from postportal.richtext.link_choices import link_choices_view
from postportal.staff.admin_pages import register_admin_page

register_check(text_checks.picture_faults, passed=_("Every picture has alternative text"))
register_check(text_checks.heading_faults, passed=_("Headings follow each other"))
register_check(text_checks.table_faults, passed=_("Tables have a header row"))
register_check(text_checks.length_faults, passed=_("Title and standfirst fit in lists"))
register_check(text_checks.sentence_faults, passed=_("Sentences are easy to read"))
register_admin_page("link-choices/", link_choices_view, name="richtext_link_choices")
