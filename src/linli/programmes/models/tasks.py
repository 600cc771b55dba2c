"""Who leads a session, who looks after a series: rows of their own, so that sessions and series themselves name nobody."""

from django.conf import settings
from django.db import models

from linli.programmes.models.programmes import Series
from linli.programmes.models.sessions import Session


class Leader(models.Model):
    """The leader 领队 of a session."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, primary_key=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.session_id)


class Host(models.Model):
    """Who looks after a series; when they no longer work at its station the series says so."""

    series = models.OneToOneField(Series, on_delete=models.CASCADE, primary_key=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.series_id)
