"""What of the directory ends by itself."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.directory.models.sheets import KEPT as KEPT_SHEETS
from linli.kit.retention import Rule, ends

ends(Rule("directory.Duty", "on", timedelta(days=92), _("Days on duty"), ["person"]))
ends(Rule("directory.WrongNote", "done_at", timedelta(days=90), _("Notes that were dealt with")))
ends(Rule("directory.SheetUpload", "sent_at", KEPT_SHEETS, _("Sheets that were sent"), ["person"]))
