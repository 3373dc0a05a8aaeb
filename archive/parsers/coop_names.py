"""Which runs of words look like the name of a company? « Maille & Mauges », « Les Sept Roches », « CLIC 37 »."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from archive import gazetteer
from archive.gazetteer import fold
from archive.parsers.words import Word

# Small words that may stand inside a name, before a capital: « Jardins de la Baie ».
_INSIDE = frozenset(
    ("de", "d", "du", "des", "la", "le", "les", "l", "sur", "et", "a", "en", "au", "aux", "n", "pour")
)
# These carry a name on (« Pignon sur Rue », « Mot à Mot ») unless a place follows (« Duralex à Orléans »).
_TOWARDS = frozenset(("a", "en", "au", "aux"))
# « et » joins two names more often than the halves of one.
_CARRYING = _INSIDE - {"et", "pour"}
_JOINTS = frozenset((" & ", "&", " + ", "+", "’", "'", "-", " ", "\u00a0", "\u202f", "‑", "."))

# Words of forms and of law; no name runs over them.
_FORMS = frozenset(
    (
        "scop",
        "scops",
        "scic",
        "scics",
        "cae",
        "sarl",
        "sas",
        "sa",
        "arl",
        "cooperative",
        "cooperatives",
        "societe",
    )
)
# Function words that begin a sentence with a capital and no name.
_FUNCTION = frozenset(
    "a afin ailleurs ainsi alors apres au aucun aujourd aupres aussi autant autour autre autres aux avant avec basee base bien "
    "bienvenue bonjour c ca car ce cela celle celles celui cent ces cet cette ceux chacun chacune chaque chez ci comme "
    "comment contre d dans de debut deja depuis derriere des desormais deux devenir deviens devient difference dix donc du "
    "durant elle elles en encore enfin ensuite entre est et eu fin grace huit hier ici il ils issu issue j je jusqu l la "
    "le les leur leurs lors lorsqu lorsque lui m ma mais malgre me mes mieux moi moins mon n ne neuf ni non nos notre nous on onze ou "
    "outre par parce parfois parmi pas passer pendant personne peu peut plus plusieurs pour pourquoi premiere premier presque "
    "puis puisqu puisque qu quand quant quatre que quel quelle quelles quels quelque quelques qui quinze quoi rien s sa sans sauf se "
    "selon sept ses seul seule seules si six soit son sont sous souvent suite sur t ta tandis tant tel telle toujours tous tout toute "
    "toutes treize trente tres trois trop un une vers via vingt voici voila vos votre vous y aout avril decembre fevrier janvier juillet "
    "juin mai mars novembre octobre septembre lundi mardi mercredi jeudi vendredi samedi dimanche "
    "cinq creee cree creees fondee fonde installee installe nee ne implantee implante reprise premierement".split()
)
# These end a name when they come with a capital; months and days may be part of one.
_NEVER_INSIDE = (
    _FUNCTION
    - _INSIDE
    - frozenset(
        "mars mai juin avril janvier dimanche lundi mon ma nos tout deux trois quatre cinq six sept huit neuf dix onze".split()
    )
)
_ARTICLES = frozenset(("la", "le", "les", "l", "un", "une"))

# What co-ops are neither: movements, public bodies, banks, schools, the press; and words that only look like names.
_OTHERS = frozenset(
    "union unions urscop cgscop federation federations confederation mouvement cress avise association associations reseau "
    "mutuelle mutuelles banque caisse conseil chambre ministere prefecture prefet mairie ville departement region etat "
    "agence tribunal institut universite ecole lycee comite syndicat inter pole adie ademe insee cnrs sncf edf covid ess "
    "rse france europe internet facebook twitter linkedin instagram youtube google whatsapp macif maif groupama pdf url tva "
    "smic pme tpe eti rh ag ca cdi cdd kbis bpi bpifrance urssaf dreets direccte france afnor iso cop ong onu ue usa "
    "president presidente directeur directrice gerant gerante madame monsieur mme m article articles loi code livre "
    "page annexe figure contact accueil actualites actualite agenda edito dossier portrait temoignage interview "
    "socoden sofiscop transmea esfin gouvernement parlement assemblee senat commission direction groupement entreprises "
    "entreprise initiative inserm pdg dg drh formation video photo lire voir credit cite academie fondation fonds office "
    "hotel metropole agglomeration communaute commune communes pays monde republique aube cooperation coop coops bretons "
    "participative participatives collectif interet societe societes industries services batiment btp communication "
    "com arts alter incub licoornes podcast newsletter mois semaine journee rencontre rencontres congres solidarite "
    "ur ici ile bonne cher chere sud nord est ouest grand guide fiche faq tv regionale regional nationale national "
    "definition fonctionnement statut statuts avantages mode emploi presentation principes gouvernance creation reprise "
    "transmission financement fiscalite juridique histoire valeurs chiffres salaries associes adherent adherents adherentes "
    "francaise francais europeenne europe dom tom idf paca aura".split()
)
_BODIES = re.compile(
    r"^(?:(?:l|la|le|les|un|une)\s)?(?:union|urscop|cgscop|federation|confederation|association|asso|reseau|mutuelle|banque"
    r"|caisse|conseil|chambre|ministere|prefecture|mairie|ville|departement|region|agence|tribunal|institut|universite|ecole"
    r"|lycee|comite|syndicat|credit|pole|fondation|fonds|office|communaute|metropole|club|inter|mouvement|cress|college"
    r"|campus|centre hospitalier|chu|cnam|cci|carsat|caf|groupement|commission|congres|assemblee|festival|cluster|plan|code"
    r"|loi|charte|scop entreprises|crous|office|observatoire|parti|ministre|amap|asa|gaec|sivom|syndicat|collectif pour)\b"
)
_LONGEST = 7
# A smaller commune may well lend a co-op its name: « L'Escale », « Le Fournil ».
_TOWN = 4_000


@dataclass(frozen=True, slots=True)
class Proper:
    """A run of words that may be a name: ``text[start:end]``, the words ``first`` to ``last`` (exclusive)."""

    start: int
    end: int
    first: int
    last: int


def proper_names(text: str, found: Sequence[Word]) -> list[Proper]:
    """Return the runs of capital words in ``text``, in order; ``found`` are its words.

    >>> from archive.parsers.words import words
    >>> text = "La Scop Les Sept Roches et les Jardins de la Baie, à Brest"
    >>> [text[p.start:p.end] for p in proper_names(text, words(text))]
    ['Les Sept Roches', 'Jardins de la Baie', 'Brest']
    """
    names: list[Proper] = []
    index = 0
    while index < len(found):
        if not _begins(text, found, index):
            index += 1
            continue
        last = _end(text, found, index)
        names.append(Proper(found[index].start, found[last - 1].end, index, last))
        index = last
    return names


def _begins(text: str, found: Sequence[Word], index: int) -> bool:
    word = found[index]
    if not (word.capital or word.folded.isdigit()) or word.folded in _FORMS:
        return False
    called = index > 0 and word.glued and found[index - 1].folded in _FORMS
    following = found[index + 1] if index + 1 < len(found) else None
    joined = following is not None and _joined(text, word, following) and following.capital
    if word.folded.isdigit():
        # « 3 P'tits Points »: a small number, glued to a capital word and to nothing before it.
        return (
            joined
            and len(word.folded) < 3
            and following is not None
            and not following.folded.isdigit()
            and _not_after_number(text, word)
        )
    if called:
        return joined or word.folded not in _FUNCTION
    if word.folded in _ARTICLES:
        return bool(
            joined and following and following.folded not in _FORMS and following.folded not in _NEVER_FIRST
        )
    return word.folded not in _FUNCTION or (
        joined
        and len(word.folded) > 1
        and _capital_run(text, found, index)
        and word.folded not in _NEVER_FIRST
    )


# Function words that never open a name, whatever follows: « Depuis Brest », « Chez Multi ».
_NEVER_FIRST = _FUNCTION - frozenset(
    (
        "mon",
        "ma",
        "mes",
        "nos",
        "notre",
        "tout",
        "autre",
        "deux",
        "trois",
        "quatre",
        "sept",
        "cent",
        "sur",
        "sous",
        "entre",
        "autour",
        "avec",
    )
)


def _capital_run(text: str, found: Sequence[Word], index: int) -> bool:
    """Tell whether a function word stands inside a line, not at its start: « la Scop Sur Mesure »."""
    before = text[max(0, found[index].start - 2) : found[index].start]
    return before[-1:] == " " and before[:1].isalnum()


def _not_after_number(text: str, word: Word) -> bool:
    before = text[max(0, word.start - 2) : word.start]
    return not before[:1].isdigit() and before[-1:] not in ".,/-"


def _joined(text: str, left: Word, right: Word) -> bool:
    return text[left.end : right.start] in _JOINTS and text[left.end : right.start] != "."


def _end(text: str, found: Sequence[Word], first: int) -> int:
    """Return the index after the last word of the name that begins at ``first``."""
    last = first + 1
    while last < len(found) and last - first < _LONGEST:
        step = _step(text, found, last)
        if not step:
            break
        last += step
    return last


def _step(text: str, found: Sequence[Word], index: int) -> int:
    """Return how many words from ``index`` on carry the name on: 0, 1, or more when small words lie between."""
    before, word = found[index - 1], found[index]
    if word.folded == before.folded:
        return 0  # a caption runs into the text: « Logo de Zénit Zénit est »
    gap = text[before.end : word.start]
    if gap not in _JOINTS or word.folded in _FORMS:
        return 0
    if gap == "." and word.folded != "coop" and not (len(before.folded) == 1 and len(word.folded) == 1):
        return 0
    if word.capital or word.folded.isdigit() or word.folded == "coop":
        return 0 if word.capital and len(word.folded) > 1 and word.folded in _NEVER_INSIDE else 1
    if gap in ("-", "‑") or (
        gap in ("'", "’") and before.folded not in ("l", "d", "n", "qu", "j", "s", "c", "m", "t")
    ):
        return 1
    return _over_small_words(text, found, index)


def _over_small_words(text: str, found: Sequence[Word], index: int) -> int:
    for count in range(1, 4):
        if index + count > len(found) - 1 or found[index + count - 1].folded not in _CARRYING:
            return 0
        word, before = found[index + count], found[index + count - 1]
        if not _joined(text, before, word):
            return 0
        if word.capital:
            other = word.folded != found[index - 1].folded  # « Mot à Mot »
            to_place = before.folded in _TOWARDS and other and _begins_place(word.folded)
            return 0 if word.folded in _FORMS or to_place else count + 1
    return 0


def plausible(surface: str) -> bool:
    """Tell whether a run of words may be a company's name: no place, no public body, no word of the movement.

    >>> [plausible(s) for s in ("Les Sept Roches", "Ille-et-Vilaine", "Union régionale de l'Ouest", "SCOP", "X")]
    [True, False, False, False, False]
    """
    name = bare(surface)
    if len(name) < 2 or name.isdigit():
        return False
    words = name.split(" ")
    if all(word in _OTHERS or word in _FUNCTION or word in _FORMS or word.isdigit() for word in words):
        return False
    return not (_BODIES.match(fold(surface)) or is_place(surface))


def is_place(surface: str) -> bool:
    """Tell whether the words are the name of a department, a region or a commune, or « Bretagne Sud »."""
    whole = fold(surface)
    if gazetteer.department_by_name(whole) or whole in _regions():
        return True
    # « Penmarc'h » is « Penmarch » in the list.
    communes = gazetteer.communes_named(whole) or gazetteer.communes_named(whole.replace(" ", ""))
    return any(commune.population >= _TOWN for commune in communes)


def _begins_place(word: str) -> bool:
    """Tell whether a folded word may open the name of a place: « ivry », « bretagne »."""
    return (
        gazetteer.longest_from(word) > 0
        or word in _regions()
        or gazetteer.department_by_name(word) is not None
    )


@cache
def _regions() -> frozenset[str]:
    return frozenset(fold(d.region) for d in gazetteer.departments()) | _PROVINCES


_PROVINCES = frozenset(
    (
        "bretagne sud", "languedoc roussillon", "languedoc", "rhone alpes", "midi pyrenees", "poitou charentes", "picardie",
        "champagne ardenne", "franche comte", "haute normandie", "basse normandie", "alsace", "lorraine", "aquitaine",
        "limousin", "auvergne", "bourgogne", "centre", "provence", "paca", "nord pas de calais", "occitanie mediterranee",
        "occitanie pyrenees", "ouest", "grand ouest", "sud est", "ile de france centre val de loire", "mediterranee",
        "anjou", "touraine", "berry", "perche", "beauce", "dauphine", "savoie", "vallee du rhone", "france", "antilles", "quebec",
        "belgique", "suisse", "argentine", "espagne", "italie", "allemagne", "angleterre", "londres", "bruxelles", "geneve",
    )
)  # fmt: skip


def bare(surface: str) -> str:
    """Return the folded name without leading articles: what makes two spellings one co-op.

    >>> bare("Le Théâtre El Duende"), bare("L’Atelier"), bare("La")
    ('theatre el duende', 'atelier', 'la')
    """
    words = fold(surface).split(" ")
    while len(words) > 1 and words[0] in ("la", "le", "les", "l", "un", "une", "d", "de", "du", "des"):
        words = words[1:]
    return " ".join(words)


def names_of(text: str, found: Sequence[Word], title: str) -> list[Proper]:
    """Return where ``text`` holds the words of ``title``, the first with its capital."""
    spelling = tuple(bare(title).split(" "))
    spans = {(start, end) for start, end, _ in occurrences(text, found, [spelling])}
    starts = {word.start: index for index, word in enumerate(found)}
    ends = {word.end: index + 1 for index, word in enumerate(found)}
    return [Proper(start, end, starts[start], ends[end]) for start, end in sorted(spans)]


def occurrences(
    text: str, found: Sequence[Word], spellings: Iterable[tuple[str, ...]]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield every place where one of ``spellings`` (folded words) stands as a name of its own, with its capital."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for spelling in spellings:
        by_first.setdefault(spelling[0], []).append(spelling)
    for index, word in enumerate(found):
        if not (word.capital or word.folded.isdigit()):
            continue
        for spelling in by_first.get(word.folded, ()):
            last = index + len(spelling)
            if tuple(w.folded for w in found[index:last]) != spelling or not _stands_alone(
                text, found, index, last
            ):
                continue
            yield _with_article(found, index), found[last - 1].end, spelling


def _stands_alone(text: str, found: Sequence[Word], index: int, last: int) -> bool:
    """Tell whether the words are on one line and no part of a longer name or an address."""
    end = found[last - 1].end
    if "\n" in text[found[index].start : end] or text[end : end + 1] in ("@", "_"):
        return False
    after = found[last] if last < len(found) else None
    if (
        after
        and after.glued
        and after.capital
        and after.folded not in _FORMS
        and after.folded not in _FUNCTION
    ):
        return False
    before = found[index - 1] if index else None
    if last - index > 1 or before is None or not found[index].glued or not before.capital:
        return True
    return before.folded in _FORMS or before.folded in _FUNCTION


def _with_article(found: Sequence[Word], index: int) -> int:
    """Return where the name begins when a capital article before it belongs to it: « La Bernique »."""
    before = found[index - 1] if index else None
    if before and found[index].glued and before.capital and before.folded in ("la", "le", "les", "l"):
        return before.start
    return found[index].start
