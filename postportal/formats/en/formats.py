"""Dates as most of the English-reading world writes them: day, month, year."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
# In narrow columns: with no-break spaces.
SHORT_DATE_FORMAT = "j\u00a0M\u00a0Y"
SHORT_DATETIME_FORMAT = "j\u00a0M\u00a0Y, H:i"
FIRST_DAY_OF_WEEK = 1
# The portal's own.
DATETIME_SECONDS_FORMAT = "j F Y, H:i:s"
MONTH_DAY_TIME_FORMAT = "j F, H:i"
SHORT_MONTH_DAY_FORMAT = "j M"
WEEKDAY_DATE_FORMAT = "l j F Y"
