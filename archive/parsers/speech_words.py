"""Which words tell that somebody speaks, and as what? Verbs of saying, words for offices, labels of names."""

import re
from typing import Final

# Verbs in -er by their stem; their forms are made below.
_STEMS: Final = (
    "expliqu racont estim assur affirm soulign précis confi résum témoign insist ajout indiqu déclar "
    "not observ constat détaill rappel rappell plaid analys lanc annonc comment considèr regrett jug "
    "martel martèl argument gliss complèt justifi avou espèr tranch confess exprim exclam interrog "
    "demand illustr nuanc relèv revendiqu signal suggèr suggér tempèr rapport relat amus félicit "
    "enthousiasm inquièt désol motiv résign alarm indign pens imagin rêv critiqu dénonc conseill "
    "encourag expos imag proclam certifi confirm corrig abond rétorqu répliqu récapitul rassur plaisant "
    "ironis murmur souffl vant salu remerci invit remémor lâch raill soupir relativis temporis "
    "philosoph schématis synthétis appréci théoris tonn rigol point réclam redout préfèr recommand "
    "spécifi énumèr narr scand jubil trépign pest précon préconis enchaîn interpell acquiesc "
)
_OTHERS: Final = (
    "dit disent disait disaient dira répond répondent répondait poursuit poursuivent"
    " poursuivait conclut concluent"
    " concluait reconnaît reconnait reconnaissent reconnaissait admet admettent admettait promet promettent"
    " prévient préviennent prévenait soutient soutiennent soutenait décrit décrivent"
    " décrivait écrit écrivent"
    " écrivait sourit sourient souriait rit réjouit réjouissent réjouissait souvient souviennent souvenait"
    " développe développent développait renchérit renchérissent défend défendent"
    " défendait avertit avertissent"
    " convient conviennent croit croient croyait veut voit voient sait craint craignent reprend reprennent"
    " reprenait intervient maintient surenchérit s’attendrit prétend entend garantit"
    " garantissent évoque évoquent"
)
_PAST: Final = (
    "dit réagi répondu poursuivi conclu reconnu admis promis prévenu soutenu décrit écrit"
    " souri réjoui souvenu développé"
    " renchéri défendu averti convenu repris maintenu prétendu garanti évoqué"
)
_INFINITIVES: Final = (
    "dire répondre poursuivre conclure reconnaître admettre promettre décrire sourire renchérir"
)


def _any(words: str) -> str:
    """Return a pattern for any of these words, the longest first, by first letter: there are hundreds."""
    longest = sorted(words.split(), key=len, reverse=True)
    rests: dict[str, list[str]] = {}
    for word in longest:
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{letter}(?:{'|'.join(words)})" for letter, words in rests.items())


_STEM: Final = _any(_STEMS)
SAYS: Final = (
    rf"(?:(?:s[’']|se\s|nous\s|me\s|m[’'])?(?:(?:{_STEM})(?:e|ent|ait|aient|a|èrent|eait)|{_any(_OTHERS)})"
    r"|fait\s(?:valoir|remarquer|observer|savoir)|met\sen\savant|se\sfélicite"
    r"|tient\sà\s(?:dire|préciser|rappeler)"
    rf"|(?:a|ont|avait|s[’']est|se\ssont|est)\s(?:\w+\s)?(?:(?:{_STEM})ée?s?|{_any(_PAST)}))"
)
"""A verb of saying in the third person, in the tenses in which papers quote."""

HAS_SAID: Final = rf"(?:\w+\s)?(?:(?:{_STEM})ée?s?|{_any(_PAST)})"
"""The participle behind « a-t-elle »."""

TO_SAY: Final = rf"(?:(?:{_STEM})er|{_any(_INFINITIVES)})"
"""The same in the infinitive: « et Luce Marin d’ajouter : … »."""

OFFICES: Final = re.compile(
    r"\b(?:co-?|vice-|ex-|ancienn?e?\s)?(?:gérante?s?|direct(?:eur|rice)s?|président(?:e|s|es)?|PDG|DG|P-DG"
    r"|fondat(?:eur|rice)s?|cofondat(?:eur|rice)s?|associée?s?|salariée?s?"
    r"|coopérat(?:eur|rice)s?|responsables?"
    r"|déléguée?s?|maires?|élue?s?|porte-parole|secrétaires?|trésori(?:er|ère)s?"
    r"|chef(?:fe|s)?|animat(?:eur|rice)s?"
    r"|chargée?s?|conseill(?:er|ère)s?|ingénieure?s?|ministres?|députée?s?|sénat(?:eur|rice)s?|adjointe?s?"
    r"|dirigeante?s?|coordinat(?:eur|rice)s?|coordonnat(?:eur|rice)s?|format(?:eur"
    r"|rice)s?|menuisi(?:er|ère)s?"
    r"|boulang(?:er|ère)s?|ouvri(?:er|ère)s?|technicien(?:ne)?s?|professeure?s?|économistes?|sociologues?"
    r"|historien(?:ne)?s?|chercheu(?:r|se)s?|enseignante?s?|comptables?|développeu(?:r|se)s?|artisane?s?"
    r"|apprentie?s?|couturi(?:er|ère)s?|cuisini(?:er|ère)s?|libraires?|journalistes?"
    r"|auteu?r(?:e|ice)?s?|avocate?s?"
    r"|agricult(?:eur|rice)s?|éleveu(?:r|se)s?|vigneron(?:ne)?s?|paysan(?:ne)?s?"
    r"|maraîch(?:er|ère)s?|repreneu(?:r|se)s?"
    r"|entrepreneu(?:r|se)s?|membres?|administrat(?:eur|rice)s?|sociétaires?"
    r"|cliente?s?|habitante?s?|bénévoles?"
    r"|architectes?|graphistes?|charpenti(?:er|ère)s?|patron(?:ne)?s?|cadres?"
    r"|syndicalistes?|consultante?s?)\b"
)
"""Words for what a person is in a co-op, a town hall, a trade."""

FEMININE: Final = re.compile(
    r"\b(?:\w*(?:trice|ière|ante|ienne|euse|ée|onne|ère)s?|présidente|déléguée"
    r"|chargée|élue|adjointe|maîtresse|cheffe"
    r"|avocate|artisane|apprentie|cliente|consultante|une|la|Mme|Madame|Mlle)\b"
)

LABELS: Final = re.compile(
    r"(?:intitulée?s?|titrée?s?|titre|appelée?s?|nommée?s?|baptisée?s?|surnommée?s?"
    r"|dénommée?s?|dite?s?|labellisée?s?"
    r"|label|labels|prix|projets?|programmes?|films?|livres?|ouvrages?|revues?"
    r"|conférences?|thème|thèmes|thématique|atelier"
    r"|ateliers|association|collectif|opérations?|journées?|exposition|marque"
    r"|magazine|rapport|slogan|mot|mots|terme"
    r"|termes|expression|notion|concept|loi|dispositif|plan|appel|concours|trophées?"
    r"|réseau|site|plateforme|page|rubrique"
    r"|chanson|spectacle|pièce|documentaire|série|émission|campagne|étude|guide"
    r"|brochure|article|chapitre|volet|axe|module"
    r"|formation|parcours|diplôme|licence|master|statut|catégorie|type|modèle"
    r"|démarche|mention|nom|sigle|devise|soirée|débat"
    r"|table\sronde|rencontres?|salon|forum|festival|fête|stage|cycle|séminaire"
    r"|colloque|réunion|groupe|commission|café"
    r"|restaurant|boutique|magasin|librairie|société|entreprise|coopérative|scop|scic"
    r"|cae|enjeu|tome|numéro|dossier|par)"
    r"\s*(?:de\s|d[’']|:\s*)?$"
)
"""What stands before a name in guillemets, which nobody has said; for words in small letters."""

FINITE: Final = re.compile(
    r"\b(?:je|j[’']|tu|nous|vous|on|ils?|elles?|c[’']est|ce\ssont|c[’']était|il\sfaut"
    r"|n[’']\w+|ne\s\w+\spas|est|sont|était"
    r"|étaient|sera|seront|a|ont|avait|avons|avez|ai|sommes|êtes|suis|fait|font|peut"
    r"|peuvent|doit|doivent|va|vont|allons"
    r"|veut|veulent|faut|permet|permettent|reste|restent|devient|vient|viennent|met"
    r"|prend|croyons|pensons|faisons"
    r"|mon|ma|mes|notre|nos|votre|vos|m[’']|moi)\b",
    re.IGNORECASE,
)
"""What makes words a sentence that somebody could have said."""
