"""What the news do by the clock."""

from typing import Any

from django.utils import timezone

from linli.ledger.facts import deed
from linli.news.actions import forget_picture, publish_scheduled


@deed("news.publish")
def publish(data: dict[str, Any]) -> None:
    publish_scheduled(article_id=data["article"], now=timezone.now())


@deed("news.forget_picture")
def forget(data: dict[str, Any]) -> None:
    forget_picture(file=data["file"])
