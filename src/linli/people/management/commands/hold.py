"""`hold place CONTACT --until DATE --ordered-by WHO --reason WHY`, `hold lift CODE`, `hold list`: legal holds."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError

from linli.kit.contacts import read_contact
from linli.kit.rules import Problem
from linli.people.actions.holds import lift_hold, place_hold
from linli.people.models import Contact, Hold
from linli.people.models.contacts import lookup_of


class Command(BaseCommand):
    help = "Keeps what is about a person from deletion and erasure, by order of an authority, until a day."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        place = verbs.add_parser("place")
        place.add_argument("contact", help="a telephone number or e-mail address of the account")
        place.add_argument("--until", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
        place.add_argument("--ordered-by", required=True)
        place.add_argument("--reason", required=True)
        verbs.add_parser("lift").add_argument("code")
        verbs.add_parser("list")

    def handle(self, *args, verb, **options):
        try:
            getattr(self, verb)(options)
        except Problem as problem:
            raise CommandError(str(problem)) from None

    def place(self, options):
        """The account is named by a contact of its own."""
        lookup = lookup_of(read_contact(options["contact"]).value)
        found = Contact.objects.for_sign_in(lookup).select_related("person").first()
        if found is None:
            raise CommandError("No account has this contact.")
        hold = place_hold(
            person=found.person,
            ordered_by=options["ordered_by"],
            reason=options["reason"],
            until=options["until"],
        )
        self.stdout.write(f"{hold.code} until {hold.until}")

    def lift(self, options):
        self.stdout.write(f"{lift_hold(code=options['code']).code} lifted")

    def list(self, options):
        """Codes and days: whose they are stands nowhere but in the database."""
        for hold in Hold.objects.in_force().order_by("until"):
            self.stdout.write(f"{hold.code} until {hold.until}, ordered by {hold.ordered_by}")
