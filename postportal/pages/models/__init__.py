from postportal.pages.models.contact_message import ContactMessage
from postportal.pages.models.menu_item import MenuItem
from postportal.pages.models.page import Page
from postportal.pages.models.page_document import PageDocument
from postportal.pages.models.redirect import Redirect
from postportal.pages.models.service_notice import ServiceNotice
from postportal.pages.models.site_settings import SiteSettings
from postportal.pages.models.snippet import Snippet

__all__ = ["ContactMessage", "MenuItem", "Page", "PageDocument", "Redirect", "ServiceNotice", "SiteSettings", "Snippet"]
