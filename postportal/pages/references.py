"""References from texts to pages."""

from postportal.pages.models import Page
from postportal.richtext.item_references import register_item_references
from postportal.richtext.references import PAGE

register_item_references(PAGE, model=Page)
