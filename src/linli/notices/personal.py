"""What notices hold about people."""

from django.utils.translation import gettext_lazy as _

from linli.kit.personal import PersonalField, PersonalModel, register

SELF = _("You asked for it by following.")
AGREED = _("You agreed to it, and can take that back at any time.")
ONLY_YOU = _("Only you.")
YEAR = _("One year, or until you close your account.")
UNTIL_STOPPED = _("Until you change it or close your account.")
MONTH = _("One month after the message went out, or until you close your account.")


def field(name, purpose, retention, basis=SELF, readers=ONLY_YOU) -> PersonalField:
    return PersonalField(name, purpose=purpose, basis=basis, retention=retention, readers=readers)


register(
    PersonalModel(
        model="notices.Follow",
        person="person",
        title=_("What you follow"),
        on_erase="delete",
        fields=[
            field("subject", _("What you want to hear about."), UNTIL_STOPPED),
            field("since_at", _("To list what you follow, newest first."), UNTIL_STOPPED),
        ],
    )
)
register(
    PersonalModel(
        model="notices.Notice",
        person="person",
        title=_("Your inbox"),
        on_erase="delete",
        fields=[
            field("event_id", _("So that you are told of one thing only once."), YEAR),
            field("kind", _("What happened, to say it in your language."), YEAR),
            field("subject", _("What it happened to."), YEAR),
            field("data", _("What happened, to say it in your language."), YEAR),
            field("at", _("When it happened."), YEAR),
            field("seen_at", _("To mark for you what is new. Nobody else learns of it."), YEAR),
        ],
    )
)
register(
    PersonalModel(
        model="notices.Preference",
        person="person",
        title=_("How you are reached"),
        on_erase="delete",
        fields=[
            field("by_email", _("How you want to be reached."), UNTIL_STOPPED),
            field("by_text", _("How you want to be reached."), UNTIL_STOPPED),
            field("quiet_from", _("To leave you in peace at night."), UNTIL_STOPPED),
            field("quiet_until", _("To leave you in peace at night."), UNTIL_STOPPED),
        ],
    )
)
OPERATOR = _("You. The operator sees that a message got lost, not whose it was.")
register(
    PersonalModel(
        model="notices.Delivery",
        person="notice__person",
        title=_("Messages sent to you"),
        on_erase="delete",
        fields=[
            field("contact", _("Where the message goes."), MONTH, AGREED, OPERATOR),
            field("channel", _("By which way it goes."), MONTH, AGREED, OPERATOR),
            field("state", _("So that it is sent once and not twice."), MONTH, AGREED, OPERATOR),
            field(
                "due_at",
                _("So that it is sent in time and outside your quiet hours."),
                MONTH,
                AGREED,
                OPERATOR,
            ),
            field("tries", _("To try again when the mail server was away."), MONTH, AGREED, OPERATOR),
            field("ended_at", _("When it went out."), MONTH, AGREED, OPERATOR),
            field("error", _("Why it could not be sent."), MONTH, AGREED, OPERATOR),
        ],
    )
)
