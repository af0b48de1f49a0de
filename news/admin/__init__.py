import news.admin.section_right  # noqa: F401 - adds its field to the form of accounts
from news.admin.appointment import AppointmentAdmin
from news.admin.article import ArticleAdmin
from news.admin.handover import HandoverAdmin
from news.admin.organization import OrganizationAdmin
from news.admin.person import PersonAdmin
from news.admin.planned_change import PlannedChangeAdmin
from news.admin.position import PositionAdmin
from news.admin.section import SectionAdmin
from news.admin.source import SourceAdmin

__all__ = [
    "AppointmentAdmin",
    "ArticleAdmin",
    "HandoverAdmin",
    "OrganizationAdmin",
    "PersonAdmin",
    "PlannedChangeAdmin",
    "PositionAdmin",
    "SectionAdmin",
    "SourceAdmin",
]
