"""Opening hours as people type them."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.directory.actions import Hours
from linli.directory.models import Station
from linli.kit.forms import Form, LineField
from linli.kit.texts import half_width


class HoursForm(Form):
    """Weekly hours, one line a day: "09:00-12:00 13:30-21:00"; an empty line is a day off."""

    DAYS = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]

    def __init__(self, *args: object, **options: object):
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for number, day in enumerate(self.DAYS):
            self.fields[f"day{number}"] = SpansField(label=day, required=False, max_length=100)

    def clean(self) -> dict[str, Any]:
        """A week that came without its fields is a broken request, not a week of days off."""
        if any(name not in self.data for name in self.fields):
            raise forms.ValidationError(
                _("The week did not arrive whole. Nothing was changed; please send it again.")
            )
        return self.cleaned_data

    def hours(self) -> list[Hours]:
        return [Hours(number, *span) for number in range(7) for span in self.cleaned_data[f"day{number}"]]

    @staticmethod
    def of(station: Station) -> dict[str, str]:
        """The form's first values: the door's hours as they are."""
        lines: dict[str, list[str]] = {f"day{number}": [] for number in range(7)}
        for rule in station.rules.of_door().filter(nth=0, valid_from=None, valid_until=None):
            lines[f"day{rule.weekday}"].append(f"{rule.opens:%H:%M}-{rule.closes:%H:%M}")
        return {day: " ".join(spans) for day, spans in lines.items()}


class SpansField(LineField):
    """Times as people type them: "9:00-12:00 13:30-21:00", full-width digits and 至 or ～ accepted; "24:00" ends a day."""

    def clean(self, value: object) -> list[tuple[time, time]]:
        text = (
            half_width(super().clean(value))
            .translate(str.maketrans("～~—–至:：", "-----::"))
            .replace(" - ", "-")
        )
        return [self.span(piece) for piece in text.replace(",", " ").replace("、", " ").split()]

    def span(self, piece: str) -> tuple[time, time]:
        opens, _dash, closes = piece.partition("-")
        try:
            return read_time(opens), read_time(closes)
        except ValueError:
            sentence = _("“%(piece)s” is not understood. Write it like 09:00-12:00.")
            raise forms.ValidationError(sentence, params={"piece": piece[:30]}) from None


def read_time(text: str) -> time:
    """ "9:00", "09:00" or "24:00"; ValueError for anything else."""
    hour, colon, minute = text.partition(":")
    if not colon or len(minute) != 2:
        raise ValueError(text)
    return time(0) if (hour, minute) == ("24", "00") else time(int(hour), int(minute))
