"""The words by which articles are found."""

from linli.kit.refs import ref
from linli.kit.search import Entry, index
from linli.news.models import Article

# The beginning of the text; whoever looks for more reads the article.
TEXT = 2000


def index_articles(*articles: Article) -> None:
    """Adds or renews published articles in the search index, in the caller's transaction."""
    from linli.news.texts import plain

    index(
        *(
            Entry(ref(each), " ".join([each.title, each.lead, *each.categories, plain(each.html)[:TEXT]]))
            for each in articles
        )
    )
