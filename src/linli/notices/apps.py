"""Starts the app: the messages of every other app are read once all models are there."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    name = "linli.notices"

    def ready(self) -> None:
        autodiscover_modules("notices")
