from django import forms

from postportal.staff.folded_rows import FoldedRowInline
from services.models import Channel


class ChannelForm(forms.ModelForm):
    class Meta:
        model = Channel
        fields = [
            *("kind", "address", "hours", "reply_time", "reply_time_zh", "languages", "cost", "cost_zh", "order"),
        ]
        widgets = {"hours": forms.TextInput(attrs={"data-read-back": "hours", "size": 60})}


class ChannelInline(FoldedRowInline):
    model = Channel
    form = ChannelForm
    followed_by = "with-channels"
