"""This app's part of the register of personal fields: who wants to come, and how they are reached until then."""

from django.utils.translation import gettext_lazy as _

from linli.kit.personal import PersonalField, PersonalModel, register

ASKED = _("You signed up, or somebody did for you because you asked.")
THREE_MONTHS = _("Three months after the session; then only the counts are left.")
DESK = _("You; who works at the station; the session's leader, from an hour before until a day after.")
NOBODY = _("Nobody; the software compares it.")
WORK = _("Your work for the station.")


def of_sign_up(name, purpose, retention=THREE_MONTHS, readers=DESK, **options) -> PersonalField:
    return PersonalField(name, purpose, ASKED, retention, readers, **options)


NAMED = [
    of_sign_up("name", _("To know who has a seat.")),
    of_sign_up("contact", _("To call you when something changes, if you gave a number at the desk.")),
    of_sign_up("needs", _("To be ready for what you need: a wheelchair, a seat in front.")),
    of_sign_up(
        "answers", _("To prepare what the question was asked for."), _("The day after the question's end.")
    ),
]
OF_THE_SEAT = [
    of_sign_up("session", _("To know which session it is."), stays=True),
    of_sign_up("session_ends_at", _("So that the row ends by itself."), stays=True),
    of_sign_up("block", _("To count the seats of an organisation."), stays=True),
    of_sign_up("holder", _("To show you your ticket."), stays=True),
    of_sign_up("code", _("To name the ticket."), stays=True),
    of_sign_up("is_child", _("To know how many children come."), stays=True),
    of_sign_up("by_desk", _("To know who may never have read what the page says."), stays=True),
    of_sign_up("state", _("To count the seats."), stays=True),
    of_sign_up("signed_at", _("To know who came first."), stays=True),
    of_sign_up("queued_at", _("To know who waits longest."), stays=True),
    of_sign_up("offered_until", _("To know until when a seat is kept for you."), stays=True),
    of_sign_up("arrived_at", _("To count who came; it is never asked of you."), stays=True),
    of_sign_up("knows", _("To know whom nobody has told of a change."), stays=True),
    of_sign_up("has_answered", _("So that the three questions are answered once."), stays=True),
    of_sign_up("slot", _("So that one contact has no more seats than it may."), stays=True),
    of_sign_up("key", _("So that nobody has two seats."), readers=NOBODY, exported=False, stays=True),
    of_sign_up(
        "holder_key",
        _("So that one contact has no more seats than it may."),
        readers=NOBODY,
        exported=False,
        stays=True,
    ),
    of_sign_up("spoken", _("To say at the desk who you are without a name."), stays=True),
]
register(
    PersonalModel(
        "programmes.SignUp",
        person="holder",
        title=_("What you signed up for"),
        on_erase="blank",
        fields=[*NAMED, *OF_THE_SEAT],
    )
)
register(
    PersonalModel(
        "programmes.SignUp",
        person=None,
        title=_("Who was signed up at a desk"),
        on_erase="keep",
        fields=NAMED,
        exportable=False,
    )
)
register(
    PersonalModel(
        "programmes.Calendar",
        person="person",
        title=_("Your calendar address"),
        on_erase="delete",
        fields=[
            PersonalField(
                "person", _("To know whose calendar it is."), ASKED, _("Until you end it."), _("Only you.")
            ),
            PersonalField(
                "made_at",
                _("To show you how old the address is."),
                ASKED,
                _("Until you end it."),
                _("Only you."),
            ),
            PersonalField(
                "digest",
                _("To know the address when a calendar asks."),
                ASKED,
                _("Until you end it."),
                NOBODY,
                exported=False,
            ),
        ],
    )
)
AT_THE_STATION = _("Who works at the same station.")
register(
    PersonalModel(
        "programmes.Host",
        person="person",
        title=_("Series you look after"),
        on_erase="delete",
        fields=[
            PersonalField(
                "person", _("To know who looks after it."), WORK, _("Until the series ends."), AT_THE_STATION
            )
        ],
    )
)
register(
    PersonalModel(
        "programmes.Leader",
        person="person",
        title=_("Sessions you lead"),
        on_erase="delete",
        fields=[
            PersonalField(
                "person",
                _("So that you see who is expected, from an hour before until a day after."),
                WORK,
                _("As long as the session is kept."),
                AT_THE_STATION,
            )
        ],
    )
)
register(
    PersonalModel(
        "programmes.Session",
        person=None,
        title=_("Whom to call on the way"),
        on_erase="keep",
        fields=[
            PersonalField(
                "emergency",
                _("To call the leader on the way."),
                WORK,
                _("A day after the session."),
                _("Those who have a seat, and who works at the station."),
            )
        ],
        exportable=False,
    )
)
FREE_WORDS = _("You ticked that they may guess who you are.")
register(
    PersonalModel(
        "programmes.Answer",
        person=None,
        title=_("Words after a session"),
        on_erase="keep",
        fields=[
            PersonalField(
                "words",
                _("To learn what was good and what was not."),
                FREE_WORDS,
                _("400 days."),
                _("Who works at the station."),
            )
        ],
        exportable=False,
    )
)
register(
    PersonalModel(
        "programmes.Question",
        person=None,
        title=_("Who asked a question of those who sign up"),
        on_erase="keep",
        fields=[
            PersonalField(
                "asked_by",
                _("So that nobody gives the second yes to themselves."),
                WORK,
                _("As long as the question is kept; a digest that names nobody once you erase your account."),
                NOBODY,
                exported=False,
            )
        ],
        exportable=False,
    )
)
