"""This app's part of the register of personal fields: what accounts hold, why, how long, and who reads it."""

from django.utils.translation import gettext_lazy as _

from linli.kit.personal import PersonalField, PersonalModel, register

ONLY_YOU = _("Only you.")
WORK = _("Your work for the station or area; the duty to account for who may do what.")
ROLE_KEPT = _(
    "Ends by itself after a year or earlier; the row is kept without a name once you erase your account."
)
ROLE_READERS = _("You; who manages the same place; who gives this role there.")
PROOF = _("The duty to prove that you were asked and said yes.")
CONSENT_KEPT = _("Kept as proof; without a name once you erase your account.")
OVERSIGHT = _("The promise that looks at your data are told to you.")
A_YEAR = _("One year.")
THE_SEEN = _("The person whose data was seen.")

register(
    PersonalModel(
        "people.Role",
        person="person",
        title=_("Your roles"),
        on_erase="keep",
        fields=[
            PersonalField("person", _("So that you can do your work here."), WORK, ROLE_KEPT, ROLE_READERS),
            PersonalField("unit", _("Where your role is held."), WORK, ROLE_KEPT, ROLE_READERS),
            PersonalField("role", _("What your role is."), WORK, ROLE_KEPT, ROLE_READERS),
            PersonalField("valid_from", _("When your role began."), WORK, ROLE_KEPT, ROLE_READERS),
            PersonalField("valid_until", _("When your role ends by itself."), WORK, ROLE_KEPT, ROLE_READERS),
            PersonalField(
                "granted_by",
                _("To prove later who gave the role, if it is ever disputed; a number, not a name."),
                WORK,
                ROLE_KEPT,
                _("Nobody reads it; an audit can check it."),
            ),
        ],
    )
)
register(
    PersonalModel(
        "people.Consent",
        person="person",
        title=_("What you agreed to"),
        on_erase="keep",
        fields=[
            PersonalField("person", _("To know whose consent it is."), PROOF, CONSENT_KEPT, ONLY_YOU),
            PersonalField("purpose", _("To know what you agreed to."), PROOF, CONSENT_KEPT, ONLY_YOU),
            PersonalField(
                "text_digest", _("To show in which words you were asked."), PROOF, CONSENT_KEPT, ONLY_YOU
            ),
            PersonalField("channel", _("To show how you were asked."), PROOF, CONSENT_KEPT, ONLY_YOU),
            PersonalField("given_at", _("To show when you agreed."), PROOF, CONSENT_KEPT, ONLY_YOU),
            PersonalField("withdrawn_at", _("To stop from this moment on."), PROOF, CONSENT_KEPT, ONLY_YOU),
        ],
    )
)
register(
    PersonalModel(
        "people.Look",
        person="subject",
        title=_("Who looked at your data"),
        on_erase="keep",
        fields=[
            PersonalField("subject", _("To tell you who saw your data."), OVERSIGHT, A_YEAR, ONLY_YOU),
            PersonalField("viewer", _("To tell you who saw your data."), OVERSIGHT, A_YEAR, ONLY_YOU),
            PersonalField("page", _("To tell you where your data was seen."), OVERSIGHT, A_YEAR, ONLY_YOU),
            PersonalField(
                "unit", _("To tell you which place the viewer worked for."), OVERSIGHT, A_YEAR, ONLY_YOU
            ),
            PersonalField("at", _("To tell you when your data was seen."), OVERSIGHT, A_YEAR, ONLY_YOU),
        ],
    )
)
register(
    PersonalModel(
        "people.Look",
        person="viewer",
        title=_("Whose data you looked at"),
        on_erase="keep",
        fields=[
            PersonalField(
                "viewer", _("To tell others that you saw their data."), OVERSIGHT, A_YEAR, THE_SEEN
            ),
            PersonalField("page", _("To tell others where you saw their data."), OVERSIGHT, A_YEAR, THE_SEEN),
            PersonalField("at", _("To tell others when you saw their data."), OVERSIGHT, A_YEAR, THE_SEEN),
        ],
    )
)
register(
    PersonalModel(
        "people.Erasure",
        person=None,
        title=_("Erased accounts"),
        on_erase="keep",
        fields=[
            PersonalField(
                "at",
                _("So that an account erased after a backup is erased again when that backup is restored."),
                _("The duty to erase for good."),
                _("As long as backups are kept; it names nobody."),
                _("Nobody; only the restore reads it."),
            )
        ],
        exportable=False,
    )
)

# Accounts and signing in.
ASKED = _("You opened this account.")
SAFETY = _("The duty to keep accounts safe from others.")
ACCOUNT_LIFE = _("Until you close your account.")
NOBODY = _("Nobody; the software compares it.")
A_DAY = _("One day after its end.")
SLIP_LIFE = _("400 days after its end, so that the desk finds your account by the paper you bring.")
SESSION_LIFE = _("Until you sign out, at most 30 days.")


def own(name, purpose, retention=ACCOUNT_LIFE, basis=ASKED, readers=ONLY_YOU, **options) -> PersonalField:
    return PersonalField(name, purpose, basis, retention, readers, **options)


def secret(name, retention=ACCOUNT_LIFE) -> PersonalField:
    """A secret or its digest: listed, never copied."""
    return own(name, _("To check what you type or carry."), retention, SAFETY, NOBODY, exported=False)


register(
    PersonalModel(
        "people.Person",
        person="pk",
        title=_("Your account"),
        on_erase="blank",
        fields=[
            own("name", _("To greet you, and to tell you apart at the desk where you ask for something.")),
            own("language", _("To speak your language.")),
            own(
                "salt",
                _("To keep what you did apart from who you are."),
                readers=NOBODY,
                exported=False,
                stays=True,
            ),
            own("created_on", _("To know how old the account is."), stays=True),
            own("session_epoch", _("To sign you out everywhere at once."), basis=SAFETY, stays=True),
            own("is_active", _("To know whether the account may be used."), stays=True),
            own("erased_at", _("To know that the account was erased."), stays=True),
            own("cast", _("Only in a demonstration: which of its made-up people this is.")),
        ],
    )
)
register(
    PersonalModel(
        "people.Contact",
        person="person",
        title=_("Your contacts"),
        on_erase="delete",
        fields=[
            own("kind", _("To know how to reach you.")),
            own("value", _("To send you a code, and what you asked to be told.")),
            secret("lookup"),
            own("verified_at", _("To know that the contact is yours.")),
            own("sign_in", _("To know whether the contact signs you in.")),
        ],
    )
)
register(
    PersonalModel(
        "people.SignInCode",
        person="person",
        title=_("Codes sent to you"),
        on_erase="delete",
        fields=[
            own("purpose", _("To know what the code is for."), A_DAY, SAFETY),
            own("kind", _("To know how to reach you."), A_DAY),
            own("value", _("To add a contact, once you typed the code that went to it."), A_DAY),
            secret("lookup", A_DAY),
            secret("code_hash", A_DAY),
            own("sent_at", _("So that a code ends after ten minutes."), A_DAY, SAFETY),
            own("expires_at", _("So that a code ends after ten minutes."), A_DAY, SAFETY),
            own("tries", _("So that a code cannot be guessed."), A_DAY, SAFETY),
            own("used_at", _("So that a code is good once."), A_DAY, SAFETY),
        ],
    )
)
register(
    PersonalModel(
        "people.SignInCode",
        person=None,
        title=_("Codes sent to sign in with"),
        on_erase="delete",
        fields=[own("value", _("To sign in, or to make an account, with the code that went to it."), A_DAY)],
    )
)
register(
    PersonalModel(
        "people.Slip",
        person="person",
        title=_("Slips printed for you"),
        on_erase="delete",
        fields=[
            own("unit", _("So that only the desk that printed the slip can print another."), SLIP_LIFE),
            own("issued_at", _("So that a slip ends by itself."), SLIP_LIFE, SAFETY),
            own("expires_at", _("So that a slip ends by itself."), SLIP_LIFE, SAFETY),
            own("used_at", _("So that a slip is good once."), SLIP_LIFE, SAFETY),
            secret("token_hash", SLIP_LIFE),
            secret("code_hash", SLIP_LIFE),
        ],
    )
)
register(
    PersonalModel(
        "people.SignedIn",
        person="person",
        title=_("Where you are signed in"),
        on_erase="delete",
        fields=[
            own("browser", _("To show you where you are signed in."), SESSION_LIFE),
            own("limits", _("To end a worker's session sooner than a resident's."), SESSION_LIFE, SAFETY),
            own("created_at", _("So that signing in ends by itself."), SESSION_LIFE, SAFETY),
            own("expires_at", _("So that signing in ends by itself."), SESSION_LIFE, SAFETY),
            own("idle_until", _("So that a forgotten browser signs itself out."), SESSION_LIFE, SAFETY),
            own(
                "last_seen_on", _("To show you which browser you no longer use: the day only."), SESSION_LIFE
            ),
            secret("key_hash", SESSION_LIFE),
            secret("data", SESSION_LIFE),
        ],
    )
)
register(
    PersonalModel(
        "people.Pin",
        person="person",
        title=_("Your PIN"),
        on_erase="delete",
        fields=[secret("hash"), own("set_on", _("To show you when you chose your PIN."), basis=SAFETY)],
    )
)
register(
    PersonalModel(
        "people.WrongPins",
        person="pin__person",
        title=_("Wrong tries of your PIN"),
        on_erase="delete",
        fields=[
            own("machine", _("So that wrong PINs on one machine leave the others alone."), basis=SAFETY),
            own("count", _("So that a PIN cannot be guessed."), basis=SAFETY),
        ],
    )
)
register(
    PersonalModel(
        "people.SecondFactor",
        person="person",
        title=_("Your authenticator app"),
        on_erase="delete",
        fields=[
            secret("secret"),
            own("confirmed_at", _("To know that your app works."), basis=SAFETY),
            secret("last_step"),
        ],
    )
)
register(
    PersonalModel(
        "people.RecoveryCode",
        person="person",
        title=_("Your recovery codes"),
        on_erase="delete",
        fields=[
            secret("code_hash"),
            own("used_at", _("So that a recovery code is good once."), basis=SAFETY),
        ],
    )
)

ORDER = _("The order of an authority, which the operator has to follow.")
HOLD_KEPT = _("Kept as proof of why the data was kept; without words once you erase your account.")
YOU_AND_MACHINE = _("You; and who runs the machine, at the machine.")


def of_hold(name, purpose, **options) -> PersonalField:
    return PersonalField(name, purpose, ORDER, HOLD_KEPT, YOU_AND_MACHINE, **options)


register(
    PersonalModel(
        "people.Hold",
        person="person",
        title=_("Legal holds on your data"),
        on_erase="blank",
        fields=[
            of_hold("person", _("To know whose data is kept."), stays=True),
            of_hold("code", _("To name it when you ask about it."), stays=True),
            of_hold("ordered_by", _("To say who ordered it.")),
            of_hold("reason", _("To say why.")),
            of_hold("placed_at", _("When it began."), stays=True),
            of_hold("until", _("When it ends."), stays=True),
            of_hold("lifted_at", _("When it was lifted."), stays=True),
        ],
    )
)
