"""Sections and sources."""

from news.models import Section, Source
from postportal.interchange.registers import Part, Register, add_register

add_register(Register("sections", Section))
add_register(Register("sources", Source, parts=(Part("aliases", ("name",)),)))
