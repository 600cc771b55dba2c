"""Who a session belongs to. There is nothing to check a password against: signing in is an action of its own."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from linli.people.models import Person


class PersonBackend(BaseBackend):
    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session; None once disabled or erased."""
        return Person.objects.active().filter(pk=user_id).first()
