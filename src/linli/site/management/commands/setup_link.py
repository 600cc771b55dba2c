"""`linli manage setup_link`: the link by which an empty installation is set up."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from linli.areas import tree
from linli.site.setting_up import set_up_key


class Command(BaseCommand):
    help = "Prints the link to set up an empty installation; nothing once it is set up."

    def handle(self, *args: Any, **options: Any) -> None:
        if tree.root() is None:
            self.stdout.write(settings.ADDRESS + reverse("site:set_up", args=[set_up_key()]))
