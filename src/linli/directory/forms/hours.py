"""Opening hours as people type them."""

import re
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from linli.directory.actions import Hours
from linli.directory.hours import HOLIDAY, MAKE_UP_DAY, is_seasonal
from linli.directory.models import OpeningRule, Station
from linli.kit.forms import Form, LineField
from linli.kit.texts import half_width

WEEK = range(7)
A_DAY = timedelta(days=1)
MOST_SEASONS = 12


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


def day_field(label: Any, **options: Any) -> SpansField:
    return SpansField(label=label, required=False, max_length=100, **options)


def date_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=[MaxValueValidator(date(2200, 1, 1))],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class HoursForm(Form):
    """The hours of a door, one line a day: "09:00-12:00 13:30-21:00"; an empty line is a day off.

    Beside the week: public holidays and make-up workdays, seasons, each a week of its own with a first and a last day,
    and what never closes. There is always one season more than are kept: to add another.
    """

    DAYS = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    others: list[OpeningRule] = []

    def __init__(self, data: Any = None, *, station: Station | None = None, **options: Any):
        rules = list(station.rules.of_door()) if station else []
        first, seasons, self.others = sorted_out(rules)
        if station:
            first |= {"follows_holidays": station.follows_holidays, "all_day_zone": station.all_day_zone}
        super().__init__(data, initial=first, **options)
        for number in WEEK:
            self.fields[f"day{number}"] = day_field(self.DAYS[number])
        self.add_holidays()
        self.count = min(sent_seasons(data), MOST_SEASONS) if self.is_bound else seasons + 1
        for season in range(self.count):
            self.add_season(season)
        self.fields["all_day_zone"] = LineField(
            label=_("What stays open around the clock"),
            help_text=_("In words, for example: the vestibule, with water, seats and charging."),
            required=False,
            max_length=200,
        )
        if self.others:
            self.fields["drop_others"] = forms.BooleanField(label=_("Take these away"), required=False)

    def add_holidays(self) -> None:
        self.fields["follows_holidays"] = forms.BooleanField(
            label=_("Public holidays and make-up workdays have hours of their own"), required=False
        )
        self.fields[f"day{HOLIDAY}"] = day_field(_("On public holidays"), help_text=_("Empty: closed."))
        self.fields[f"day{MAKE_UP_DAY}"] = day_field(
            _("On make-up workdays"), help_text=_("Empty: as on a Monday.")
        )

    def add_season(self, season: int) -> None:
        self.fields[f"season{season}_first"] = date_field(_("First day"))
        self.fields[f"season{season}_last"] = date_field(_("Last day"))
        for number in WEEK:
            self.fields[f"season{season}_day{number}"] = day_field(self.DAYS[number])

    def clean(self) -> dict[str, Any]:
        """A week that came without its fields is a broken request, not a week of days off."""
        asked = [name for name, field in self.fields.items() if not isinstance(field, forms.BooleanField)]
        if any(name not in self.data for name in asked):
            raise forms.ValidationError(
                _("The week did not arrive whole. Nothing was changed; please send it again.")
            )
        for season in range(self.count):
            self.check_season(season)
        return self.cleaned_data

    def check_season(self, season: int) -> None:
        first, last = (self.cleaned_data.get(f"season{season}_{end}") for end in ("first", "last"))
        if first and last and last < first:
            self.add_error(f"season{season}_last", _("A season ends after it begins."))
        filled = any(self.cleaned_data.get(f"season{season}_day{number}") for number in WEEK)
        if filled and not first and not last and f"season{season}_first" not in self.errors:
            self.add_error(f"season{season}_first", _("Please say from when or until when."))

    def hours(self) -> list[Hours]:
        """All hours of the door: those that the form shows and those it does not."""
        kept = [] if self.cleaned_data.get("drop_others") else self.others
        return [
            *self.of_days("", range(MAKE_UP_DAY + 1)),
            *(each for season in range(self.count) for each in self.of_season(season)),
            *(Hours(r.weekday, r.opens, r.closes, r.nth, r.valid_from, r.valid_until) for r in kept),
        ]

    def of_season(self, season: int) -> list[Hours]:
        first, last = (self.cleaned_data[f"season{season}_{end}"] for end in ("first", "last"))
        return self.of_days(f"season{season}_", WEEK, 0, first, last + A_DAY if last else None)

    def of_days(self, prefix: str, days: range, *more: Any) -> list[Hours]:
        return [
            Hours(number, *span, *more)
            for number in days
            for span in self.cleaned_data[f"{prefix}day{number}"]
        ]

    def week_fields(self) -> list[forms.BoundField]:
        return [self[f"day{number}"] for number in WEEK]

    def holiday_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("follows_holidays", f"day{HOLIDAY}", f"day{MAKE_UP_DAY}")]

    def season_fields(self) -> list[list[forms.BoundField]]:
        """The fields of each season, the last of them still empty."""
        names = ["first", "last", *(f"day{number}" for number in WEEK)]
        return [[self[f"season{season}_{name}"] for name in names] for season in range(self.count)]


def sent_seasons(data: Any) -> int:
    """How many seasons a page has sent; at least the empty one must be there."""
    return max(1, sum(bool(re.fullmatch(r"season\d+_first", name)) for name in data))


def sorted_out(rules: list[OpeningRule]) -> tuple[dict[str, Any], int, list[OpeningRule]]:
    """The form's first values, how many seasons they hold, and the rules for which it has no line."""
    first: dict[str, Any] = {}
    others = [rule for rule in rules if rule.nth or (is_seasonal(rule) and rule.weekday not in WEEK)]
    shown = [rule for rule in rules if rule not in others]
    bounds = {(rule.valid_from, rule.valid_until) for rule in shown if is_seasonal(rule)}
    seasons = sorted(bounds, key=lambda ends: (ends[0] or date.min, ends[1] or date.max))
    for number, (since, until) in enumerate(seasons):
        first[f"season{number}_first"] = since
        first[f"season{number}_last"] = until and until - A_DAY
    for rule in shown:
        ends = (rule.valid_from, rule.valid_until)
        line = f"season{seasons.index(ends)}_day{rule.weekday}" if any(ends) else f"day{rule.weekday}"
        first[line] = f"{first.get(line, '')} {rule.opens:%H:%M}-{rule.closes:%H:%M}".strip()
    return first, len(seasons), others
