from services.admin.holiday import HolidayCalendarAdmin
from services.admin.hotline import HotlineAdmin
from services.admin.service import ServiceAdmin
from services.admin.stamp import StampAdmin
from services.admin.stamp_issue import StampIssueAdmin

__all__ = ["HolidayCalendarAdmin", "HotlineAdmin", "ServiceAdmin", "StampAdmin", "StampIssueAdmin"]
