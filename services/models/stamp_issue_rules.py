"""Rules of the database about stamp issues, with the words for editors."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from postportal.web.date_ranges import STAMP_DAYS
from services.models.serials import RUNNING_NUMBERINGS

STAMP_ISSUE_RULES: list[models.BaseConstraint] = [
    models.UniqueConstraint(
        fields=["series", "year", "number"],
        condition=Q(year__isnull=False, number__isnull=False),
        name="stamp_issue_serial_unique",
        violation_error_message=_("Another issue already has this serial number."),
    ),
    models.UniqueConstraint(
        fields=["series", "number"],
        condition=Q(numbering__in=RUNNING_NUMBERINGS, number__isnull=False),
        name="stamp_issue_running_number_unique",
        violation_error_message=_("Another issue already has this serial number."),
    ),
    models.CheckConstraint(
        condition=~Q(numbering__in=RUNNING_NUMBERINGS) | Q(number__isnull=True) | ~Q(series=""),
        name="stamp_issue_running_number_has_series",
        violation_error_message=_("Enter the letter of the series, for example the T in T.46."),
    ),
    models.CheckConstraint(
        condition=Q(number__isnull=True)
        | Q(year__isnull=False, number__gte=1)
        | Q(numbering__in=RUNNING_NUMBERINGS, number__gte=1),
        name="stamp_issue_number_has_year",
        violation_error_message=_("Enter a serial number with its year, for example 2016-4."),
    ),
    models.CheckConstraint(
        condition=Q(year__isnull=True) | Q(year__range=(STAMP_DAYS.first.year, STAMP_DAYS.last.year)),
        name="stamp_issue_year_is_plausible",
        violation_error_message=_("Enter a year from 1840 to 2999."),
    ),
    models.CheckConstraint(
        condition=Q(face_value__isnull=True) | Q(face_value__gt=0),
        name="stamp_issue_face_value_not_zero",
        violation_error_message=_("Leave blank if the face value is unknown. It cannot be 0."),
    ),
    models.CheckConstraint(
        condition=Q(stamp_count__isnull=True)
        | Q(stamp_count__gte=1)
        # A comparison with null is neither true nor false, and a check lets it pass.
        | Q(souvenir_sheet_count__isnull=False, souvenir_sheet_count__gte=1),
        name="stamp_issue_count_not_zero",
        violation_error_message=_("Leave blank if the number of stamps is unknown. It cannot be 0."),
    ),
    models.CheckConstraint(
        condition=Q(print_run__isnull=True) | Q(print_run__gt=0),
        name="stamp_issue_print_run_not_zero",
        violation_error_message=_("Leave blank if the print run is unknown. It cannot be 0."),
    ),
    models.CheckConstraint(
        condition=Q(sale_until__isnull=True) | Q(issued_on__isnull=True) | Q(sale_until__gte=F("issued_on")),
        name="stamp_issue_sale_ends_after_issue",
        violation_error_message=_("The sale cannot end before the date of issue."),
    ),
]
