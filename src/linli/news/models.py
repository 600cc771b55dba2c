"""Articles of news 动态."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from linli.areas import tree
from linli.areas.models import Unit
from linli.kit.gallery import Photo
from linli.kit.ids import code, uuid7
from linli.kit.words import Words
from linli.people.rules import held


class ArticleQuerySet(models.QuerySet):
    def public(self) -> Self:
        """What everybody may read; the withdrawn ones tell that they are."""
        return self.filter(state__in=[Article.State.PUBLISHED, Article.State.WITHDRAWN])

    def visible_to(self, person: Any) -> Self:
        """Everybody's, and what is still being written where the person writes news."""
        seen = Q(state__in=[Article.State.PUBLISHED, Article.State.WITHDRAWN])
        seen |= Q(unit__in=held(person, ["worker", "manager"]).values("unit"))
        for unit_id in held(person, "organiser").values_list("unit_id", flat=True):
            seen |= Q(unit__in=tree.descendants(unit_id))
        return self.filter(seen)

    def out(self) -> Self:
        """What lists and feeds show, newest first."""
        return self.filter(state=Article.State.PUBLISHED).order_by("-published_at", "-id")

    def of(self, unit_id: Any) -> Self:
        """Of a unit and of everything below it."""
        return self.filter(unit__in=tree.descendants(unit_id))

    def briefly(self) -> Self:
        """Without the text itself, for lists."""
        return self.defer("body", "html", "original")


class Article(models.Model):
    """An article 动态 of a unit."""

    class State(models.TextChoices):
        DRAFT = "draft"
        SCHEDULED = "scheduled"
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="articles")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    language = models.CharField(max_length=16)
    translations = models.JSONField(default=dict, blank=True)
    title = models.CharField(max_length=200)
    lead = models.CharField(max_length=300, blank=True)
    # Markdown in which HTML may stand, as it was typed or imported; never shown as it is.
    body = models.TextField()
    # The cleaned HTML of it (news.texts.clean).
    html = models.TextField()
    byline = models.CharField(max_length=100, blank=True)
    categories = models.JSONField(default=list, blank=True)
    source_name = models.CharField(max_length=100, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    # A picture elsewhere that stands for it: linked to, never fetched.
    picture_url = models.URLField(max_length=500, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    correction = models.CharField(max_length=300, blank=True)
    withdrawal = models.CharField(max_length=300, blank=True)
    # Of an imported one: what it is found again by, and the file as it came.
    imported_as = models.CharField(max_length=64, blank=True)
    original = models.TextField(blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-id"], condition=Q(state="published"), name="article_out"),
            models.Index(fields=["unit", "-published_at"], name="article_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "scheduled", "published", "withdrawn"]),
                name="article_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "withdrawn"]) | Q(published_at__isnull=False),
                name="article_published_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False),
                name="article_scheduled_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawal=""), name="article_withdrawn_says_why"
            ),
            models.UniqueConstraint(
                fields=["imported_as"], condition=~Q(imported_as=""), name="article_imported_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("news:article", args=[self.code])

    @property
    def name(self) -> str:
        """What search and inbox call it."""
        return self.title

    @property
    def is_out(self) -> bool:
        return self.state == self.State.PUBLISHED


class ArticlePicture(models.Model):
    """A picture 图片 of an article: a file of ours, and what it shows. `number` is how the text calls it: 【图1】."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="pictures")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="news", max_length=200)
    alt = models.CharField(max_length=300)
    credit = models.CharField(max_length=100, blank=True)
    # Where an editor had it fetched from: the link to it in the text then shows ours.
    from_url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_picture_number_once"),
            models.CheckConstraint(condition=~Q(alt=""), name="article_picture_described"),
        ]
        # A file is asked for by its name.
        indexes = [models.Index(fields=["file"], name="article_picture_file")]

    def __str__(self) -> str:
        return self.alt

    @property
    def photo(self) -> Photo:
        return Photo(self.file.name, Words(self.alt, self.article.language, False))
