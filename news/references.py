"""References from texts to articles, people and organizations."""

from news.models import Article, Organization, Person
from postportal.richtext.item_references import register_item_references
from postportal.richtext.references import ARTICLE, ORGANIZATION, PERSON

register_item_references(ARTICLE, model=Article)
register_item_references(PERSON, model=Person)
register_item_references(ORGANIZATION, model=Organization)
