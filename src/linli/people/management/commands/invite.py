"""`python -m linli invite --unit CODE`: the first organiser's link and code, good once and for three days."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from linli.areas.models import Unit
from linli.kit.rules import Problem, Refused
from linli.kit.texts import clean_line
from linli.people.actions.invite import INVITATION_DAYS, invite
from linli.people.roles import ROLES


class Command(BaseCommand):
    help = "Invites somebody with a role at a unit and prints the link and the code they sign in with, once."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code of the unit, e.g. 310106")
        parser.add_argument("--role", default="organiser", choices=sorted(ROLES), help="default: organiser")
        parser.add_argument("--name", default="", help="how the person is greeted")

    def handle(self, *, unit: str, role: str, name: str, **options):
        place = Unit.objects.filter(code=unit).first()
        if place is None:
            raise CommandError(f"No unit has the code {unit}. /areas/ lists them.")
        try:
            printed = invite(by=None, unit=place, role=role, name=clean_line(name, 60))
        except (Problem, Refused) as error:
            raise CommandError(str(error)) from None
        link = settings.ADDRESS + reverse("people:slip", args=[printed.token])
        self.stdout.write(f"Role:  {role} at {unit}")
        self.stdout.write(f"Link:  {link}")
        self.stdout.write(
            f"Code:  {printed.code}  (typed at {settings.ADDRESS}{reverse('people:slip_code')})"
        )
        self.stdout.write(
            f"Good once, for {INVITATION_DAYS} days. Hand it over in person: whoever has it signs in."
        )
