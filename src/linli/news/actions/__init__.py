"""What is done with articles."""

from linli.news.actions.picturing import (
    add_picture,
    describe_picture,
    fetch_picture,
    forget_picture,
    remove_picture,
)
from linli.news.actions.publishing import (
    correct_article,
    publish_article,
    publish_scheduled,
    unschedule_article,
    withdraw_article,
)
from linli.news.actions.writing import change_article, drop_article, write_article

__all__ = [
    "add_picture",
    "change_article",
    "correct_article",
    "describe_picture",
    "drop_article",
    "fetch_picture",
    "forget_picture",
    "publish_article",
    "publish_scheduled",
    "remove_picture",
    "unschedule_article",
    "withdraw_article",
    "write_article",
]
