"""Finds every translatable text of an app, merges it into the app's catalogues and compiles them, without gettext.

Source texts are English. `polib` reads and writes the files; what is found comes from Python's own syntax tree and
from Django's template lexer.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import trim_whitespace

# Which arguments hold what, by function name: c context, s singular, p plural.
CALLS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"], "s"),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], "sp"),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], "cs"),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], "csp"),
}
QUOTED = re.compile(r"""_\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\)""")
HEADER = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "zh_Hans",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Text(NamedTuple):
    """One translatable text; `context` and `plural` are empty where there is none."""

    singular: str
    plural: str = ""
    context: str = ""


def in_python(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            values = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            shape = CALLS.get(name, "")
            if shape and len(values) >= len(shape) and all(isinstance(v, str) for v in values[: len(shape)]):
                parts = dict(zip(shape, values, strict=False))
                yield Text(str(parts["s"]), str(parts.get("p", "")), str(parts.get("c", "")))


def in_template(source: str) -> Iterator[Text]:
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type == TokenType.BLOCK and token.contents.split()[0] in {
            "blocktranslate",
            "blocktrans",
        }:
            yield in_block(token, tokens)
        elif token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            yield from in_tag(token)


def in_tag(token: Token) -> Iterator[Text]:
    bits = list(smart_split(token.contents))
    if token.token_type == TokenType.BLOCK and bits[0] in {"translate", "trans"} and bits[1][0] in "\"'":
        context = unescape_string_literal(bits[bits.index("context") + 1]) if "context" in bits else ""
        yield Text(unescape_string_literal(bits[1]), context=context)
    for quoted in QUOTED.findall(token.contents):
        yield Text(unescape_string_literal(quoted))


def in_block(opening: Token, tokens: Iterator[Token]) -> Text:
    """Reads up to the end of a blocktranslate; variables become named placeholders as Django looks them up."""
    bits = list(smart_split(opening.contents))
    parts = [""]
    for token in tokens:
        if token.token_type == TokenType.BLOCK:
            if token.contents.startswith("endblocktrans"):
                break
            parts.append("")
        elif token.token_type == TokenType.VAR:
            parts[-1] += f"%({token.contents})s"
        elif token.token_type == TokenType.TEXT:
            parts[-1] += token.contents.replace("%", "%%")
    if "trimmed" in bits:
        parts = [trim_whitespace(part) for part in parts]
    context = unescape_string_literal(bits[bits.index("context") + 1]) if "context" in bits else ""
    return Text(parts[0], parts[1] if len(parts) > 1 else "", context)


def texts_of(app: Path) -> list[Text]:
    """Every text of an app's Python files and templates, each once, in the order of the files."""
    found: dict[Text, None] = {}
    for file in sorted(app.rglob("*.py")):
        if "migrations" not in file.parts:
            found.update(dict.fromkeys(in_python(file.read_text("utf-8"))))
    for pattern in ("*.html", "*.txt", "*.svg"):
        for file in sorted(app.rglob(f"templates/**/{pattern}")):
            found.update(dict.fromkeys(in_template(file.read_text("utf-8"))))
    return [text for text in found if text.singular]


def merged(path: Path, texts: list[Text]) -> polib.POFile:
    """The catalogue with exactly these texts: known translations kept, new texts empty, dead ones dropped."""
    old = polib.pofile(str(path)) if path.exists() else []
    known = {(entry.msgid, entry.msgctxt or ""): entry for entry in old}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = HEADER
    for text in texts:
        entry = known.get((text.singular, text.context))
        if entry is None or bool(entry.msgid_plural) != bool(text.plural):
            entry = polib.POEntry(msgid=text.singular, msgctxt=text.context or None, msgid_plural=text.plural)
            if text.plural:
                entry.msgstr_plural = {0: ""}
        if entry not in catalogue:
            catalogue.append(entry)
    return catalogue


def untranslated(catalogue: polib.POFile) -> list[str]:
    """Texts without a translation, or with placeholders that differ from the source's."""
    return [entry.msgid for entry in catalogue if not fits(entry)]


PLACEHOLDER = re.compile(r"%\([^)]+\)[sd]|\{\w+\}")


def fits(entry: polib.POEntry) -> bool:
    said = entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
    source = entry.msgid_plural or entry.msgid
    return bool(said) and set(PLACEHOLDER.findall(said)) == set(PLACEHOLDER.findall(source))


def compile_catalogue(path: Path) -> None:
    """Writes the .mo beside the .po when it is missing or older; whole or not at all, also with several starters."""
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime <= path.stat().st_mtime:
        fresh = compiled.with_suffix(".mo.new")
        polib.pofile(str(path)).save_as_mofile(str(fresh))
        fresh.replace(compiled)
