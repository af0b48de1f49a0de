from news.admin.appointment import AppointmentAdmin
from news.admin.article import ArticleAdmin
from news.admin.organization import OrganizationAdmin
from news.admin.person import PersonAdmin
from news.admin.position import PositionAdmin
from news.admin.section import SectionAdmin
from news.admin.source import SourceAdmin

__all__ = [
    "AppointmentAdmin",
    "ArticleAdmin",
    "OrganizationAdmin",
    "PersonAdmin",
    "PositionAdmin",
    "SectionAdmin",
    "SourceAdmin",
]
