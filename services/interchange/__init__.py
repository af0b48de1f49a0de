"""Registers of services and stamps, as files."""

from services.interchange import hotlines, stamp_issues  # noqa: F401
