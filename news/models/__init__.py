from news.models.appointment import Appointment
from news.models.article import Article
from news.models.article_count import ArticleCount
from news.models.article_document import ArticleDocument
from news.models.former_parent import FormerParent
from news.models.handover import Handover
from news.models.mention import Mention
from news.models.name_finding import NameFinding
from news.models.name_scan import NameScan
from news.models.organization import Organization, OrganizationName
from news.models.person import Person, PersonName
from news.models.planned_change import PlannedChange
from news.models.position import Position, PositionLabel
from news.models.section import Section
from news.models.section_right import SectionRight
from news.models.source import Source, SourceAlias
from news.models.succession import Succession

__all__ = [
    "Appointment",
    "Article",
    "ArticleCount",
    "ArticleDocument",
    "FormerParent",
    "Handover",
    "Mention",
    "NameFinding",
    "NameScan",
    "Organization",
    "OrganizationName",
    "Person",
    "PersonName",
    "PlannedChange",
    "Position",
    "PositionLabel",
    "Section",
    "SectionRight",
    "Source",
    "SourceAlias",
    "Succession",
]
