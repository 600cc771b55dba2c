"""What followers read of news."""

from typing import Any

from django.utils.translation import gettext as _

from linli.notices.messages import Message, notice


@notice("news.article_published")
def published(_data: dict[str, Any], article: Any) -> Message:
    if article is None or not article.is_out:
        return Message(_("An article was published, and has been withdrawn since"))
    return Message(_("New: %(title)s") % {"title": article.title}, article.lead)
