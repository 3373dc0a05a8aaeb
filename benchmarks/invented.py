"""What would a large directory and an article look like? Invented names and an invented text, from a seed."""

from random import Random

from archive.models import CoopEntry

_SEED = 20_261_122
_TRADES = (
    *("Ardoiserie", "Atelier", "Boulangerie", "Brasserie", "Charpente", "Chaudronnerie", "Conserverie"),
    *("Couverture", "Cuisine", "Ébénisterie", "Éditions", "Ferronnerie", "Filature", "Fonderie", "Forge"),
    *("Fournil", "Fromagerie", "Garage", "Horlogerie", "Imprimerie", "Jardins", "Laiterie", "Laverie"),
    *("Librairie", "Lunetterie", "Maçonnerie", "Manufacture", "Menuiserie", "Métallerie", "Meunerie"),
    *("Papeterie", "Pépinière", "Plomberie", "Poterie", "Recyclerie", "Reliure", "Savonnerie", "Scierie"),
    *("Sellerie", "Serrurerie", "Tannerie", "Tissage", "Toitures", "Tonnellerie", "Vannerie", "Verrerie"),
)
_OF = (
    *("de l’Aubier", "des Deux Rives", "du Gué", "de la Combe", "des Bruyères", "du Bief", "de l’Étang"),
    *("du Vieux Pont", "de la Halle", "des Quatre Vents", "du Lavoir", "de la Tuilerie", "du Chemin Creux"),
    *("des Trois Moulins", "du Marais", "de la Garenne", "du Plateau", "de l’Écluse", "des Sources"),
    *("du Haut Pré", "de la Lande", "des Remparts", "du Faubourg", "de la Fontaine", "des Tilleuls"),
    *("du Grand Chêne", "de la Butte", "des Peupliers", "du Passage", "de l’Horloge", "des Mariniers"),
)
_ENDS = ("", " et Fils", " & Cie", " Réunis", " Solidaire", " Nouvelle", " Services", " Coop", " Habitat")
_ENDS_OF_SYLLABLES = ("a", "al", "eo", "ia", "is", "on", "or", "um", "ys", "yx")
_STARTS = (
    "Ba",
    "Cle",
    "Do",
    "Fa",
    "Gri",
    "Jo",
    "Ka",
    "Lu",
    "Mi",
    "No",
    "Oxa",
    "Pra",
    "Ri",
    "So",
    "Tré",
    "Vé",
)
_MIDDLES = (
    "bri",
    "cam",
    "del",
    "fo",
    "gal",
    "li",
    "mar",
    "na",
    "pho",
    "quen",
    "ro",
    "sta",
    "ti",
    "vel",
    "zo",
)
# Most names say the trade and the place, the others are made of syllables: « Grivelys ».
_WITH_TRADE = 0.7
_TOWNS = (
    *(("Fougères", "35"), ("Niort", "79"), ("Cholet", "49"), ("Albi", "81"), ("Roanne", "42")),
    *(("Arras", "62"), ("Épinal", "88"), ("Quimper", "29"), ("Vierzon", "18"), ("Gap", "05")),
)
_FORMS = ("Scop", "Scic", "CAE")

# Eleven places for a name: after a form, with a town, in lists, bare, and again later in the text.
_ARTICLE = """\
Reprendre, à onze, l’atelier où l’on a appris le métier : c’est le pari tenu par les salariés de la Scop \
{0}, à Fougères (35), trois ans après le départ en retraite de leur patron. « On savait faire les pièces, \
pas les devis », résume la gérante, élue par l’assemblée générale en mars dernier.
Tout commence un lundi de novembre, dans le vestiaire. Le fonds qui devait racheter l’entreprise vient de \
renoncer. L’union régionale propose une réunion, puis une autre. Deux anciens de {1} font le voyage pour \
raconter leur propre reprise, les nuits courtes et le premier dividende. « Ils nous ont surtout dit ce qui \
n’avait pas marché », se souvient un tourneur. Au printemps, la banque accepte de suivre, à condition que \
chacun mette deux mois de salaire.
Les premiers mois sont rudes. Une presse tombe en panne, un client parti chez un concurrent ne revient \
pas. La Scic {2} (Niort) prête un camion et la CAE {3} suit les comptes sans facturer la première année. \
En échange, l’atelier forme leurs apprentis. Ces coups de main ne figurent dans aucun contrat. « C’est \
comme ça que l’on tient », dit la gérante, qui garde sur son bureau la liste de ceux qui ont aidé : {4}, \
{5} et {6}.
Trois ans plus tard, le chiffre d’affaires a repris des couleurs et quatre embauches ont été signées. La \
moitié des commandes vient de coopératives du même bassin, parmi lesquelles {7} (Cholet), {8} (Albi) et \
{9} (Roanne). Le reste arrive par le bouche-à-oreille, et par un site que le plus jeune a dessiné le \
dimanche. Les salaires vont de un à deux ; les décisions se prennent le vendredi, après le ménage, autour \
d’une table où l’on a fini par accepter que les réunions durent.
Tout n’est pas réglé. Le toit fuit, le prix de l’acier monte, et il faudra remplacer deux départs l’an \
prochain. L’équipe hésite à s’agrandir : le terrain voisin est à vendre, mais le bail du hangar court \
encore six ans. {0} étudie donc, avec {1}, l’achat en commun d’une découpe au laser que ni l’une ni \
l’autre ne pourrait payer seule. Le conseil départemental pourrait y mettre un tiers ; la réponse est \
attendue avant l’été.
En attendant, les portes restent ouvertes. Les lycéens de la ville viennent souder le mercredi, et la \
chorale répète dans l’ancienne forge depuis que la salle des fêtes est en travaux. Samedi prochain, \
l’atelier fêtera ses trois ans avec un repas, une fanfare et une visite guidée. Les voisins de {10} \
apporteront le pain. « On a mis le mot coopérative sur la façade, en grand, raconte le tourneur. Ma mère \
passe devant tous les matins pour le lire. » Les curieux sont attendus à partir de dix heures, rue des \
Tanneurs ; il reste des places pour le repas, à réserver par téléphone ou, mieux, en passant dire bonjour."""
_PLACES = 11


def entries(count: int) -> list[CoopEntry]:
    """Return ``count`` co-ops with different names, the same ones on every run."""
    random = Random(_SEED)
    names: dict[str, None] = {}
    while len(names) < count:
        names[_name(random)] = None
    return [_entry(name, random) for name in names]


def _name(random: Random) -> str:
    if random.random() < _WITH_TRADE:
        trade = " et ".join(random.sample(_TRADES, random.choice((1, 2))))
        return f"{trade} {random.choice(_OF)}{random.choice(_ENDS)}"
    made = random.choice(_STARTS) + random.choice(_MIDDLES) + random.choice(_MIDDLES)
    return made + random.choice(_ENDS_OF_SYLLABLES) + random.choice(_ENDS)


def _entry(name: str, random: Random) -> CoopEntry:
    commune, department = random.choice(_TOWNS)
    return CoopEntry(name, random.choice(_FORMS), commune=commune, department=department)


def articles(known: list[CoopEntry], count: int) -> list[str]:
    """Return ``count`` articles of some 500 words, each naming eleven other co-ops of ``known``."""
    random = Random(_SEED)
    return [_ARTICLE.format(*(entry.name for entry in random.sample(known, _PLACES))) for _ in range(count)]
