"""Limits shared by all processes: how often something may be tried in a window of time.

Keys are keyed hashes: neither a contact nor a network address is stored. Limits of a network are generous, for a
station's visitors and a phone company's customers share one address; what keeps a code safe are its own three tries.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from math import ceil

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kit.rules import Problem
from linli.kit.secrets import blind_index
from linli.people.models import Throttle

Address = IPv4Address | IPv6Address


@dataclass(frozen=True)
class Limit:
    """At most `times` in each window of `seconds`."""

    name: str
    times: int
    seconds: int


SEND_FROM_NETWORK = Limit("send-network", 120, 3600)
# Asking again and again for one contact from one network ends soon; the same contact from elsewhere goes on.
SEND_TO_CONTACT_FROM_NETWORK = Limit("send-contact-network", 5, 900)
# Nobody's phone is flooded, and guesses at one contact stay below 180 a day, each one in a million.
SEND_TO_CONTACT = Limit("send-contact", 60, 86400)
TRY_CODE_FROM_NETWORK = Limit("code-network", 300, 3600)
TRY_SLIP_FROM_NETWORK = Limit("slip-network", 60, 3600)
TRY_SECOND_FACTOR = Limit("second-factor", 10, 900)
FIND_COLLEAGUE = Limit("find-colleague", 30, 3600)
TRY_PIN_ON_MACHINE = Limit("pin-machine", 60, 900)


class TooMany(Problem):
    """Tried too often; `retry_after` in seconds (answered with 429 and Retry-After)."""

    status = 429

    def __init__(self, retry_after: int):
        super().__init__(
            _("This was tried many times in a short while. Please wait %(minutes)d min and try again.")
            % {"minutes": ceil(retry_after / 60)}
        )
        self.retry_after = retry_after


def take(limit: Limit, *subject: str) -> None:
    """Counts one try, or raises TooMany. Call it outside the transaction of the deed: a refusal must still count."""
    now = timezone.now()
    start = int(now.timestamp()) // limit.seconds * limit.seconds
    window = datetime.fromtimestamp(start, UTC)
    ends_at = window + timedelta(seconds=limit.seconds)
    key = blind_index("\n".join([limit.name, *subject]), "people.throttle")
    row = Throttle.objects.filter(key=key, window=window)
    with transaction.atomic():
        if count_one(row, limit):
            return
        fresh = Throttle(key=key, window=window, ends_at=ends_at)
        Throttle.objects.bulk_create([fresh], ignore_conflicts=True)
        if count_one(row, limit):
            return
    raise TooMany(ceil((ends_at - now).total_seconds()))


def slow_down(request, what: str, *, times: int = 20, seconds: int = 3600) -> None:
    """For public forms of other apps: at most `times` from one network in the window, else TooMany."""
    take(Limit(what, times, seconds), network_of(request))


def count_one(row, limit: Limit) -> bool:
    return bool(row.filter(count__lt=limit.times).update(count=F("count") + 1))


def network_of(request) -> str:
    """The network a request comes from: an IPv4 address or an IPv6 /64; "unknown" when it cannot be read."""
    address = address_of(request)
    if address is None:
        return "unknown"
    return str(address) if address.version == 4 else str(wide(address, 64))


def wide_network_of(request) -> str:
    """The IPv4 /24 or IPv6 /48 around it: what two people who do not stand together hardly share."""
    address = address_of(request)
    return "unknown" if address is None else str(wide(address, 24 if address.version == 4 else 48))


def wide(address: Address, bits: int) -> IPv4Network | IPv6Network:
    return ip_network((address, bits), strict=False)


def address_of(request) -> Address | None:
    """Where a request comes from. Only as many proxies are believed as stand in front (LINLI_PROXY_COUNT)."""
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    believed = settings.PROXY_COUNT and len(hops) >= settings.PROXY_COUNT
    text = hops[-settings.PROXY_COUNT] if believed else request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
