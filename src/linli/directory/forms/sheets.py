"""Sending a spreadsheet, and deciding on it."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from linli.directory.sheets.columns import SHEETS
from linli.directory.sheets.guard import LARGEST_FILE
from linli.kit.forms import Form, LineField

CHOICES = [("good", _("The good rows")), ("nothing", _("Nothing"))]
TOO_LARGE = _("Please choose a file of at most 10 MB.")


class SheetForm(Form):
    """The file, and what it lists where its headings do not tell."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("An .xlsx file, or .csv in UTF-8 or GB18030; 10 MB and 50,000 rows at most."),
        error_messages={"required": TOO_LARGE},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    kind = forms.ChoiceField(
        label=_("What it lists"),
        required=False,
        choices=lambda: [
            ("", _("As its headings say")),
            *((key, sheet.title) for key, sheet in SHEETS.items()),
        ],
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        return file


class DecisionForm(Form):
    """All of the good rows of the plan that was looked at, or nothing."""

    choice = forms.ChoiceField(label=_("What is to come of it"), choices=CHOICES)
    digest = LineField(label="", max_length=64, widget=forms.HiddenInput, required=False)
