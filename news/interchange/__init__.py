"""Registers of the newsroom, as files."""

from news.interchange import people, sections  # noqa: F401
