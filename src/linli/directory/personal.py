"""This app's part of the register of personal fields."""

from django.utils.translation import gettext_lazy as _

from linli.kit.personal import PersonalField, PersonalModel, register

WORK = _("Your work for the station.")
COLLEAGUES = _("You, and who works at the same station.")
MONTHS = _("Three months after the day.")
TWO_HOURS = _("Two hours, or until the desk has dealt with it.")
TO_COUNT_TWO = _("So that one person alone does not make a report count as confirmed.")

register(
    PersonalModel(
        "directory.Duty",
        person="person",
        title=_("Your days on duty"),
        on_erase="delete",
        fields=[
            PersonalField("person", _("To know who is at the desk."), WORK, MONTHS, COLLEAGUES),
            PersonalField("station", _("Where you are on duty."), WORK, MONTHS, COLLEAGUES),
            PersonalField("on", _("The day you are on duty."), WORK, MONTHS, COLLEAGUES),
            PersonalField("starts", _("When your duty begins."), WORK, MONTHS, COLLEAGUES),
            PersonalField("ends", _("When your duty ends."), WORK, MONTHS, COLLEAGUES),
        ],
    )
)
register(
    PersonalModel(
        "directory.DoorReport",
        person=None,
        title=_("Reports about a door"),
        on_erase="delete",
        exportable=False,
        fields=[
            PersonalField(
                "device",
                TO_COUNT_TWO,
                _("The promise to tell two people from one; a number drawn for the day, not your device."),
                TWO_HOURS,
                _("Nobody reads it; the count alone is shown."),
                exported=False,
            ),
            PersonalField(
                "network",
                TO_COUNT_TWO,
                _("The same; a number made for the day, from which no address can be read."),
                TWO_HOURS,
                _("Nobody reads it; the count alone is shown."),
                exported=False,
            ),
        ],
    )
)
register(
    PersonalModel(
        "directory.WrongNote",
        person=None,
        title=_("What visitors said is wrong on a page"),
        on_erase="keep",
        exportable=False,
        fields=[
            PersonalField(
                "text",
                _("To mend what is wrong on a station’s page."),
                _("The duty to tell people rightly."),
                _("Ninety days after it was mended; it is tied to no account."),
                _("Who works at that station."),
            ),
        ],
    )
)
A_SHEET = _("So that you can look at what would come of the sheet you sent, and decide.")
AN_HOUR = _("Until you decide, an hour at most.")
YOU_ALONE = _("Only you.")
SENT = ("person", "code", "unit", "state", "kind", "name", "rows", "rows_done", "tally", "sent_at")
register(
    PersonalModel(
        "directory.SheetUpload",
        person="person",
        title=_("A sheet you sent"),
        on_erase="delete",
        fields=[
            *(PersonalField(name, A_SHEET, WORK, AN_HOUR, YOU_ALONE) for name in SENT),
            *(
                PersonalField(name, A_SHEET, WORK, AN_HOUR, YOU_ALONE, exported=False)
                for name in ("content", "findings", "digest")
            ),
        ],
    )
)
