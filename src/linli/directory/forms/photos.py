"""The photo of an entrance."""

from django.utils.translation import gettext_lazy as _

from linli.kit.forms import Form, LineField, PictureField


class PhotoForm(Form):
    """A photo, and what somebody who cannot see it should know. With a photo there already, only the words are asked."""

    photo = PictureField(
        label=_("The photo"),
        required=False,
        help_text=_(
            "Up to 8 MB. It is made small, and where and when it was taken is removed. Please wait until nobody is in "
            "the picture."
        ),
    )
    alt = LineField(
        label=_("What the photo shows"),
        max_length=200,
        help_text=_(
            "For people who do not see it: “A glass door between the bank and the bakery, with a red sign above”."
        ),
    )
