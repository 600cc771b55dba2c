"""Forms of articles."""

from typing import Any, Self

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.kit.forms import Form, LineField, SourceField
from linli.news.actions.writing import Written
from linli.news.models import Article

LONGEST = 200_000


class ArticleForm(Form):
    """What an author says."""

    title = LineField(label=_("Title"), max_length=200)
    lead = LineField(
        label=_("In a sentence"), required=False, max_length=300, help_text=_("Stands in lists and feeds.")
    )
    body = SourceField(
        label=_("The text"),
        max_length=LONGEST,
        help_text=_(
            "An empty line begins a paragraph, ## a heading, - a list; **bold**, *italic*, [words](address). "
            "HTML may stand in it; what is not allowed is left out. A line [picture 1] is where picture 1 stands."
        ),
    )
    language = forms.ChoiceField(label=_("It is written in"), choices=list(settings.LANGUAGES))
    byline = LineField(label=_("Written by"), required=False, max_length=100)
    categories = LineField(
        label=_("Categories"),
        required=False,
        max_length=300,
        help_text=_("Several with semicolons between them."),
    )
    source_name = LineField(label=_("Taken over from"), required=False, max_length=100)
    source_url = forms.URLField(
        label=_("Its address there"), required=False, max_length=500, assume_scheme="https"
    )
    licence = LineField(label=_("Licence"), required=False, max_length=100)

    OWN = ("title", "lead", "body", "language", "byline", "source_name", "source_url", "licence")

    def __init__(self, *args: Any, article: Article | None = None, **options: Any):
        first = self.of(article) if article else {"language": get_language()}
        super().__init__(*args, initial=first, **options)
        self.picture_url = article.picture_url if article else ""
        for name in ("title", "lead", "body"):
            self.fields[name].widget.attrs["lang"] = first["language"]

    @classmethod
    def of(cls, article: Article) -> dict[str, Any]:
        found = {name: getattr(article, name) for name in cls.OWN}
        return found | {"categories": "; ".join(article.categories)}

    def written(self) -> Written:
        values = self.cleaned_data
        names = values["categories"].replace("；", ";").split(";")
        return Written(
            **{name: values[name] for name in self.OWN},
            categories=list(dict.fromkeys(name.strip() for name in names if name.strip())),
            picture_url=self.picture_url,
        )


class CorrectionForm(ArticleForm):
    """The same, and what was wrong."""

    correction = LineField(
        label=_("What was wrong"),
        max_length=300,
        help_text=_("One line; it stands on the article from now on."),
    )


class PublishForm(Form):
    """When it comes out."""

    publish_at = forms.DateTimeField(
        label=_("Not before"),
        required=False,
        help_text=_("Leave it empty to publish now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    def clean_publish_at(self) -> Any:
        at = self.cleaned_data["publish_at"]
        return timezone.make_aware(at) if at and timezone.is_naive(at) else at


class WithdrawForm(Form):
    """Why it is taken back."""

    why = LineField(
        label=_("Why it is withdrawn"),
        max_length=300,
        help_text=_("One line; it stands in place of the article from now on."),
    )


class FetchPictureForm(Form):
    """A picture of another site that the text links to."""

    url = forms.URLField(widget=forms.HiddenInput, max_length=500, assume_scheme="https")
    alt = LineField(label=_("What the picture shows"), max_length=300)

    @classmethod
    def of(cls, number: int, picture: tuple[str, str]) -> Self:
        """The form of one picture, (address, words), among others on a page."""
        return cls(initial={"url": picture[0], "alt": picture[1]}, auto_id=f"id_remote_{number}_%s")
