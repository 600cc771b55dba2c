"""What of the ledger ends: work that was done. The facts themselves stay."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.kit.retention import Rule, ends

# A month, for questions.
ends(Rule("ledger.Todo", "done_at", timedelta(days=30), _("Work that was done")))
