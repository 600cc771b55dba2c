from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "linli.records"
