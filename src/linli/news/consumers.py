"""What the news do a moment after their own facts."""

from linli.directory.models import Station
from linli.kit.refs import ref, resolve
from linli.ledger.facts import consumes
from linli.ledger.models import Event
from linli.notices.actions import tell


@consumes("news.article_published")
def tell_followers(event: Event) -> None:
    """Whoever follows a station hears of what it publishes."""
    article = resolve(event.subject, None)
    station = Station.objects.filter(unit=article.unit_id).first() if article is not None else None
    if station is not None:
        tell(event=event, followers_of=ref(station), kind=event.kind, data=event.data)
