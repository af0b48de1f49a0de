"""Services, hotlines, holiday calendars and service notices."""

from postportal.interchange.registers import Part, Register, add_register
from postportal.pages.models import ServiceNotice
from services.models import HolidayCalendar, Hotline, Service

add_register(Register("services", Service))
add_register(
    Register(
        "holiday-calendars",
        HolidayCalendar,
        key="name",
        reference=("name",),
        parts=(Part("holidays", ("first_on",)),),
    )
)
add_register(
    Register(
        "hotlines",
        Hotline,
        parts=(
            Part("numbers", ("e164", "short_code", "extension")),
            Part("opening_hours", ("valid_from", "valid_until")),
            Part("channels", ("kind", "address")),
        ),
    )
)
add_register(Register("notices", ServiceNotice, key="key", reference=("key",)))
