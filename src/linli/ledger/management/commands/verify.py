"""`linli verify ledger`: has anything been changed that was sealed?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.ledger.models import Checkpoint
from linli.ledger.sealing import check


class Command(BaseCommand):
    help = (
        "Recomputes every hash of the ledger. --held SIZE:ROOT checks it against a checkpoint that you kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["ledger"])
        parser.add_argument("--held", metavar="SIZE:ROOT", default="")

    def handle(self, *args: Any, held: str = "", **options: Any) -> None:
        findings = 0
        for finding in check(read_held(held) if held else None):
            findings += 1
            self.stdout.write(str(finding))
        last = Checkpoint.objects.order_by("-number").first()
        self.stdout.write(f"checkpoint {last.size}:{last.root}" if last else "nothing sealed yet")
        if findings:
            self.stderr.write(f"{findings} findings: the ledger does not fit its seals")
            sys.exit(1)
        self.stdout.write("every event fits its seal")


def read_held(text: str) -> tuple[int, str]:
    size, _colon, root = text.partition(":")
    if not size.isdigit() or len(root) != 64:
        raise CommandError("a checkpoint looks like 1234:9f86d0… (64 hexadecimal digits)")
    return int(size), root.lower()
