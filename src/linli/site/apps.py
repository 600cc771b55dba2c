from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "linli.site"
    label = "site"

    def ready(self) -> None:
        from linli.kit import search
        from linli.site.searching import SearchTable

        search.use(SearchTable())
