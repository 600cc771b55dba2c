"""Form fields that clean what people type, and a form on which a domain `Problem` can be shown."""

from collections.abc import Callable
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.kit.rules import Problem
from linli.kit.texts import clean_line, clean_prose, clean_source, half_width


class LineField(forms.Field):
    """One line of text, cleaned; its limit is checked in words, and the browser is told it too."""

    widget: type[forms.Widget] = forms.TextInput
    clean_text = staticmethod(clean_line)

    def __init__(self, *, max_length: int = 200, **options: Any):
        self.max_length = max_length
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        try:
            return self.clean_text(value or "", self.max_length)
        except Problem as problem:
            raise ValidationError(str(problem)) from None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"maxlength": self.max_length} if not widget.is_hidden else {}


class ProseField(LineField):
    """Several lines of text, cleaned."""

    widget = forms.Textarea
    clean_text = staticmethod(clean_prose)


class SourceField(LineField):
    """A text whose spaces mean something, such as Markdown."""

    widget = forms.Textarea
    clean_text = staticmethod(clean_source)


class DigitsField(LineField):
    """Digits only, full-width ones and spaces accepted."""

    def to_python(self, value: Any) -> str:
        digits = "".join(half_width(super().to_python(value)).split())
        if digits and not (digits.isascii() and digits.isdigit()):
            raise ValidationError(_("Please type digits only."))
        return digits

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "one-time-code"}


class PictureField(forms.FileField):
    """A photo that somebody sends, made harmless (kit.pictures); None where none was sent."""

    widget = forms.FileInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        # Here, so that only who receives photos loads what decodes them.
        from linli.kit.pictures import check_length, read_picture

        sent = super().clean(data, initial)
        try:
            if not sent:
                return None
            check_length(sent.size)
            return read_picture(sent.read())
        except Problem as problem:
            raise ValidationError(str(problem)) from None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": "image/jpeg,image/png,image/webp"}


class Form(forms.Form):
    """Every form of Linli: errors come back beside the fields with what was typed kept."""

    def carries(self, deed: Callable[[], object]) -> bool:
        """Does the deed if the form is right. False, with what to mend beside the fields, where it cannot be done."""
        if not self.is_valid():
            return False
        try:
            deed()
        except Problem as problem:
            self.show(problem)
        return not self.errors

    def show(self, problem: Problem) -> None:
        """Puts a domain problem on the field it names, or at the top of the form."""
        known = problem.field if problem.field in self.fields else None
        self.add_error(known, str(problem))


class PictureForm(Form):
    """What a picture shows, and whose it is."""

    alt = LineField(
        label=_("What the picture shows"),
        max_length=300,
        help_text=_(
            "For people who do not see it: “Seven people at a long table, a plan of the yard between them”."
        ),
    )
    credit = LineField(label=_("Whose picture it is"), required=False, max_length=100)

    @classmethod
    def of(cls, picture: Any, sent: Any = None) -> Self:
        """The form of one picture among others on a page, and what was sent of it."""
        first = {"alt": picture.alt, "credit": picture.credit}
        return cls(sent, initial=first, auto_id=f"id_{picture.number}_%s")


class AddPictureForm(PictureForm):
    """One more picture."""

    picture = PictureField(
        label=_("The picture"),
        help_text=_(
            "Up to 8 MB. It is made small, and where and when it was taken is removed. Whoever can be recognised has to "
            "agree to it."
        ),
    )
    field_order = ["picture", "alt", "credit"]
