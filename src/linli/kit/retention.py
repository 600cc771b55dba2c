"""What ends by itself, and when 留存期限: each app says it in its `retention.py`, one job does it (people.actions.retention).

A rule is data, so that the same words drive the job, its dry run, and the operator's page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, Model, QuerySet
from django.utils import timezone


@dataclass(frozen=True)
class Rule:
    """Rows of `model` are deleted once `kept` has passed since the moment, or the day, in their column `since`.

    `title` says what the rows are; `persons` are the lookups from a row to those it is about, so that a legal hold on one
    of them keeps it.
    """

    model: str
    since: str
    kept: timedelta
    title: Any
    persons: Sequence[str] = ()

    @property
    def table(self) -> type[Model]:
        """The model class."""
        return apps.get_model(self.model)

    def past(self, now: datetime) -> QuerySet[Any]:
        """The rows past their date, whoever may be holding them. A row whose column is empty has not begun to age."""
        moment = isinstance(self.table._meta.get_field(self.since), DateTimeField)
        end = now - self.kept if moment else timezone.localdate(now) - self.kept
        return self.table._base_manager.filter(**{f"{self.since}__lt": end})


_rules: dict[tuple[str, str], Rule] = {}


def ends(rule: Rule) -> None:
    """Adds a rule; ValueError when the same column already ends these rows."""
    key = (rule.model.lower(), rule.since)
    if key in _rules:
        raise ValueError(f"{rule.model}.{rule.since} has two rules.")
    _rules[key] = rule


def rules() -> tuple[Rule, ...]:
    """Every rule, by model."""
    return tuple(_rules[key] for key in sorted(_rules))
