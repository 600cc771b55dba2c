"""What the pages themselves hold about people: only what somebody writes into a complaint about Linli."""

from django.utils.translation import gettext_lazy as _

from linli.kit.personal import PersonalField, PersonalModel, register

ANSWERING = _("The duty to hear complaints.")
WITH_LINK = _("You by your secret link, and the operator.")
# No account hangs on a complaint, so erasing one leaves it; nobody is asked for a name in it.
KEPT = _("Until the operator removes it; it is tied to no account.")

register(
    PersonalModel(
        "site.Complaint",
        person=None,
        title=_("Complaints about Linli"),
        on_erase="keep",
        fields=[
            PersonalField("text", _("To hear what is wrong with Linli."), ANSWERING, KEPT, WITH_LINK),
            PersonalField("answer", _("To answer you."), ANSWERING, KEPT, WITH_LINK),
        ],
        exportable=False,
    )
)
