"""The register of tags, whose model belongs to another package."""

from taggit.models import Tag

from postportal.interchange.registers import Register, add_register

add_register(Register("tags", Tag))
