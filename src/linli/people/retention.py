"""What of accounts ends by itself. Nothing about signing in outlives its use."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.kit.retention import Rule, ends

NOT_AT_ALL = timedelta()

ends(Rule("people.SignInCode", "expires_at", timedelta(days=1), _("Codes sent to sign in with")))
# A used slip lets its holder be found by the paper they bring, so it is kept a year and a bit.
ends(Rule("people.Slip", "expires_at", timedelta(days=400), _("Slips that ended"), ["person"]))
ends(Rule("people.Throttle", "ends_at", NOT_AT_ALL, _("Counters of tries")))
ends(Rule("people.SignedIn", "expires_at", NOT_AT_ALL, _("Sign-ins that ended")))
ends(Rule("people.SignedIn", "idle_until", NOT_AT_ALL, _("Sign-ins nobody used")))
ends(Rule("people.Look", "at", timedelta(days=365), _("Looks at personal data"), ["subject", "viewer"]))
