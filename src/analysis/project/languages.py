"""Texts of the city's files in several languages: beside ``name`` stands ``name_en``.

The entry without a code is in the source language. Others need not be there, but a language that is
used of one text is used of all, and so is the language in use.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, ClassVar

from pydantic import (
    BaseModel,
    ConfigDict,
    ValidationError,
    ValidationInfo,
    create_model,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from analysis.text import SOURCE, Spoken, language

CODE = re.compile("[a-z]{2,3}")
UNTRANSLATED = "untranslated"  # what pydantic is told of a text that lacks a language


def translated(entry: str, spoken: Iterable[str]) -> tuple[str, str] | None:
    """Which of the texts `spoken` an entry has in another language, and in which; or None."""
    text, _mark, code = entry.rpartition("_")
    return (text, code) if text in spoken and CODE.fullmatch(code) else None


def codes(entries: Iterable[str], spoken: Iterable[str]) -> set[str]:
    """The languages beside the source's that entries are in, and the one in use."""
    known = (translated(entry, spoken) for entry in entries)
    return ({language()} | {found[1] for found in known if found}) - {SOURCE}


def used(content: dict[str, Any] | list[Any]) -> Counter[str]:
    """The languages beside the source's that a file is in, each with how many of its texts are."""
    found: Counter[str] = Counter()
    if isinstance(content, dict):
        for entry, value in content.items():
            text, _mark, code = entry.rpartition("_")
            both = isinstance(value, str) and isinstance(content.get(text), str)
            if both and CODE.fullmatch(code) and code != SOURCE:
                found[code] += 1
    for part in content.values() if isinstance(content, dict) else content:
        if isinstance(part, dict | list):
            found.update(used(part))
    return found


class Translated(BaseModel):
    """An entry whose texts `spoken` may stand in further languages, each as the text itself must.

    Raises ValidationError for an entry that is none of these, and for a text that lacks a language:
    one that other texts of the entry are in, those in the context's ``languages``, the one in use.
    """

    model_config = ConfigDict(extra="allow")
    spoken: ClassVar[Sequence[str]] = ()

    @model_validator(mode="after")
    def _as_the_source(self, info: ValidationInfo) -> "Translated":
        if wrong := list(self._wrong((info.context or {}).get("languages", ()))):
            raise ValidationError.from_exception_data(type(self).__name__, wrong)
        return self

    def _wrong(self, languages: Iterable[str]) -> Iterator[InitErrorDetails]:
        extra = self.model_extra or {}
        for entry, value in extra.items():
            known = translated(entry, self.spoken)
            if not known:
                yield _error("extra_forbidden", entry, value)
                continue
            try:
                alone = _alone(type(self), known[0]).model_validate({known[0]: value})
                extra[entry] = getattr(alone, known[0])
            except ValidationError as error:
                for e in error.errors():
                    yield _error(e["type"], entry, e["input"], **e.get("ctx", {}))
        for code in sorted(codes(extra, self.spoken) | set(languages)):
            for text in self.spoken:
                if getattr(self, text) and not extra.get(f"{text}_{code}"):
                    yield _error(UNTRANSLATED, f"{text}_{code}", None, language=code)

    def said(self, text: str) -> Spoken:
        """One of its texts, in every language that the file has it in."""
        others = {
            known[1]: value
            for entry, value in (self.model_extra or {}).items()
            if (known := translated(entry, (text,)))
        }
        return Spoken(getattr(self, text), others)


def _error(kind: str, entry: str, value: object, **context: Any) -> InitErrorDetails:
    told = PydanticCustomError(kind, kind, context)
    return InitErrorDetails(type=told, loc=(entry,), input=value)


@cache
def _alone(model: type[BaseModel], text: str) -> type[BaseModel]:
    """A model of one text, which must be what it must in `model`."""
    field = model.model_fields[text]
    config = ConfigDict(strict=model.model_config.get("strict", False))
    given: Any = {text: (field.annotation, field)}
    return create_model("Text", __config__=config, **given)
