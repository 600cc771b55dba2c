"""Facts of the site itself."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.ledger.facts import fact


@fact("site.complaint_made", says=_("Somebody complained about Linli itself."), daily=True)
@dataclass(frozen=True)
class ComplaintMade:
    pass


@fact("site.complaint_answered", says=_("A complaint about Linli itself was answered after {days} days."))
@dataclass(frozen=True)
class ComplaintAnswered:
    days: int


@fact("site.set_up", says=_("The network was set up."))
@dataclass(frozen=True)
class NetworkSetUp:
    pass
