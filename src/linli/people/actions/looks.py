"""The log of looks: the one thing a GET may write."""

from collections.abc import Iterable

from django.utils import timezone

from linli.kit.rules import require
from linli.people.models import Look, Person


def look(*, by: Person, subjects: Iterable[Person], page: str, unit=None) -> int:
    """Logs that `by` saw rows about these people; returns how many were logged, oneself left out.

    `page` is the page's name in the source language, marked with `gettext_noop`, for the people shown there read it.
    One bulk insert whatever the number of people. No fact is recorded: looks are told to the person, not published.
    """
    require(by.is_authenticated)
    seen = {subject.pk for subject in subjects} - {by.pk}
    now = timezone.now()
    Look.objects.bulk_create(
        Look(viewer=by, subject_id=pk, page=page, unit=unit, at=now) for pk in sorted(seen)
    )
    return len(seen)
