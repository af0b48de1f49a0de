from services.models.catalogue_reference import CatalogueReference
from services.models.channel import Channel
from services.models.credit import Credit
from services.models.holiday import Holiday, HolidayCalendar
from services.models.hotline import Hotline
from services.models.hotline_number import HotlineNumber
from services.models.issue_document import IssueDocument
from services.models.opening_hours import OpeningHours
from services.models.partner_stamp import PartnerStamp
from services.models.product import Product
from services.models.service import Service
from services.models.stamp import Stamp
from services.models.stamp_issue import StampIssue
from services.models.text_number import TextNumber

__all__ = [
    "CatalogueReference",
    "Channel",
    "Credit",
    "Holiday",
    "HolidayCalendar",
    "Hotline",
    "HotlineNumber",
    "IssueDocument",
    "OpeningHours",
    "PartnerStamp",
    "Product",
    "Service",
    "Stamp",
    "StampIssue",
    "TextNumber",
]
