"""The sections to which an account is limited, in the form of the account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from news.models import Section, SectionRight
from postportal.admin.account_fields import AccountField, register_account_field
from postportal.web.row_keys import RowsField


def _make() -> forms.Field:
    return RowsField(
        Section.objects.in_order(),
        label=_("Sections"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The account edits, reviews and publishes articles in these sections only, and reads all others. "
            "Leave all blank for no limit."
        ),
    )


def _read(account: Any) -> list[int]:
    return list(SectionRight.objects.filter(user=account).values_list("section_id", flat=True))


def _write(account: Any, sections: Any) -> str:
    before, after = set(_read(account)), {section.pk for section in sections}
    if before == after:
        return ""
    SectionRight.objects.filter(user=account, section__in=before - after).delete()
    SectionRight.objects.bulk_create(SectionRight(user=account, section_id=key) for key in sorted(after - before))
    return "sections: " + (", ".join(sorted(section.name for section in sections)) or "all")


register_account_field(AccountField(name="sections", make=_make, read=_read, write=_write))
