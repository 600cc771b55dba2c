"""What is done with articles."""

from linli.news.actions.publishing import (
    correct_article,
    publish_article,
    publish_scheduled,
    unschedule_article,
    withdraw_article,
)
from linli.news.actions.writing import change_article, drop_article, write_article

__all__ = [
    "change_article",
    "correct_article",
    "drop_article",
    "publish_article",
    "publish_scheduled",
    "unschedule_article",
    "withdraw_article",
    "write_article",
]
