from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LedgerConfig(AppConfig):
    name = "linli.ledger"

    def ready(self) -> None:
        autodiscover_modules("events", "deeds", "consumers", "personal", "retention")
