"""This app's part of the register of personal fields: who is named as the author of an article."""

from django.utils.translation import gettext_lazy as _

from linli.kit.personal import PersonalField, PersonalModel, register

# No account hangs on an article; who is named in it is a word of the article, and corrected like all others.
register(
    PersonalModel(
        "news.Article",
        person=None,
        title=_("Who is named as the author of an article"),
        on_erase="keep",
        fields=[
            PersonalField(
                "byline",
                _("To say who wrote it."),
                _("What the station publishes with the author's consent."),
                _("Until the article is withdrawn or the name taken out; ask the station that published it."),
                _("Everybody."),
            )
        ],
        exportable=False,
    )
)
