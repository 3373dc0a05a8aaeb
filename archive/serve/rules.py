"""By which rule was it found? A French name and one sentence for each code that the archive writes down."""

from typing import NamedTuple

from archive.serve.typography import typeset


class Told(NamedTuple):
    """What a reader is told of a code: a few words for a table, a sentence for who wants to know."""

    label: str
    sentence: str


DATES = {
    "layout": Told(
        "endroit réservé à la date",
        "L’élément que la fiche de la source désigne comme celui de la date.",
    ),
    "json_ld": Told(
        "données JSON-LD",
        "La date que la page déclare aux moteurs de recherche dans ses données JSON-LD.",
    ),
    "meta": Told("balise de l’en-tête", "La date déclarée dans une balise « meta » de l’en-tête de la page."),
    "microdata": Told(
        "balise de date",
        "Un élément de la page balisé comme date de parution, le plus proche du titre.",
    ),
    "label": Told(
        "date annoncée",
        "Une ligne qui dit ce qu’est la date : « Publié le… », « Mis en ligne le… », « Mis à jour le… ».",
    ),
    "line": Told(
        "ligne près du titre", "Une date seule sur sa ligne, juste au-dessus ou au-dessous du titre."
    ),
    "url": Told(
        "adresse de la page", "La date inscrite dans l’adresse de la page ou dans le nom du fichier."
    ),
    "announced": Told(
        "flux ou plan du site",
        "La page ne dit rien : la date est celle que donnait le flux ou le plan du site qui menait à elle.",
    ),
    "relative": Told(
        "date comptée",
        "« Il y a trois jours », « hier » : compté depuis le jour où la page a été reçue.",
    ),
    "yearless": Told(
        "jour sans année",
        "Un jour et un mois près du titre ; l’année est celle qui tombe au plus près de la réception.",
    ),
    "edit": Told(
        "date de mise à jour",
        "Faute d’autre date, celle de « Mis à jour le… » près du titre : l’article peut être plus ancien.",
    ),
    "only_line": Told(
        "seule date de l’article",
        "La seule date de l’article, où qu’elle se trouve : une signature, un bas de page. Règle fragile.",
    ),
    "script": Told(
        "données d’un script", "Une date de parution dans les données que portent les scripts de la page."
    ),
    "tile_label": Told("légende de la coupure", "La date écrite avec le nom du journal, sous la coupure."),
    "tile_text": Told("texte de la coupure", "La date écrite dans le texte de la coupure."),
    "mail_date": Told("date d’envoi", "La date d’envoi, dans l’en-tête du courriel."),
    "document_metadata": Told(
        "propriétés du document",
        "Le jour où le fichier fut enregistré pour la dernière fois : preuve faible, faute de mieux.",
    ),
    "pdf_title": Told("titre du PDF", "La date qui figure dans le titre de la publication."),
    "pdf_running": Told("marge du PDF", "La date répétée en tête ou au pied des pages de la publication."),
    "pdf_line": Told("première page du PDF", "Une date sur une ligne courte de la première page."),
}
"""Rules that date an article: ``published_rule``, ``updated_rule``, and the dates decided against."""

MENTIONS = {
    "directory": Told(
        "nom de l’annuaire", "Le nom, ou l’un des autres noms, d’une coopérative de l’annuaire."
    ),
    "form_before": Told(
        "forme avant le nom", "Le texte dit la forme juste avant : « la Scop X », « la coopérative X »."
    ),
    "form_after": Told(
        "forme après le nom", "Le texte dit la forme juste après : « X, coopérative de… », « X Scop »."
    ),
    "form_in_brackets": Told(
        "forme entre parenthèses", "Le texte dit la forme entre parenthèses : « X (Scop) »."
    ),
    "is_a_coop": Told(
        "phrase qui l’affirme", "Une phrase l’affirme : « X est une Scop », « X et Y sont des coopératives »."
    ),
    "turned_coop": Told(
        "passage en coopérative", "Le texte raconte sa transformation : « X devient une Scop »."
    ),
    "small_letters": Told("nom sans majuscule", "La forme précède un nom que le texte écrit sans majuscule."),
    "list_after_form": Told(
        "liste après la forme", "Le nom suit d’autres dans une liste : « les Scop X, Y et Z »."
    ),
    "announced_list": Told(
        "liste annoncée", "Une liste annoncée comme celle de coopératives : « Les Scop du Jura : X, Y, Z »."
    ),
    "example_of_coops": Told("exemple cité", "Le nom est donné en exemple : « des coopératives comme X »."),
    "labelled_line": Told(
        "ligne « nom : forme »", "Une ligne qui commence par le nom, suivi de sa forme : « X : Scop »."
    ),
    "name_and_department": Told(
        "nom et département",
        "Le nom est suivi de son département : « X (91) », dans une page sur les coopératives.",
    ),
    "name_and_town": Told(
        "nom et commune", "Le nom est suivi de sa commune, dans une liste de coopératives : « X (Redon) »."
    ),
    "kind_of_business": Told(
        "métier nommé", "Le texte nomme l’entreprise par le métier d’une coopérative dont il parle."
    ),
    "list_of_addresses": Told("liste d’adresses", "Le nom figure dans une liste d’adresses de coopératives."),
    "telling_name": Told(
        "nom qui le dit", "Le nom dit lui-même ce qu’est l’entreprise : « Scop… », « …coop »."
    ),
    "subject_of_page": Told(
        "sujet de la page",
        "La page parle surtout de cette entreprise et l’appelle « la Scop » ou « la coopérative ».",
    ),
    "subject_of_clipping": Told(
        "sujet de la coupure", "La coupure parle surtout de cette entreprise et l’appelle « la Scop »."
    ),
    "same_clause": Told(
        "dans la même phrase",
        "La phrase ne nomme que cette entreprise et dit « une Scop » ou « en coopérative » :"
        " « X, reprise par ses salariés, fonctionne en Scop ».",
    ),
    "spoken_of_again": Told(
        "reprise par « la Scop »",
        "Le texte nomme l’entreprise, puis la reprend aussitôt par « la Scop » ou « la coopérative ».",
    ),
    "named_again": Told(
        "nommée de nouveau", "Le même nom, déjà reconnu comme celui d’une coopérative ailleurs dans la page."
    ),
}
"""Rules that recognise a co-op: ``mentions.rule``."""

DEPARTMENTS = {
    "code": Told("numéro", "Le numéro du département : « (91) », « dans le 93 »."),
    "name": Told(
        "nom du département", "Le nom du département, là où il ne peut être une rivière ou une région."
    ),
    "postal_code": Told("code postal", "Un code postal devant ou derrière une commune."),
    "commune": Told(
        "commune",
        "Une commune ; ses homonymes sont écartés par le reste de la page et le territoire de la source.",
    ),
}
"""How a text speaks of a department: ``article_departments.via``."""

STAGES = {
    "fetch": Told("réception", "Le site n’a pas répondu, ou a répondu par une erreur."),
    "robots": Told(
        "robots.txt", "Le fichier robots.txt du site n’a pu être lu ; ses pages ne sont pas demandées."
    ),
    "links": Told(
        "recherche de liens", "Une page d’entrée ne menait à rien : le site a pu changer de forme."
    ),
    "import": Told(
        "reprise d’archive", "Un enregistrement d’une archive faite par d’autres n’a pu être repris."
    ),
    "ocr": Told("reconnaissance de texte", "Le texte d’une publication numérisée n’a pu être reconnu."),
    "add": Told("versement à la main", "La page qu’une personne voulait verser n’a pas été obtenue."),
    "original": Told(
        "article d’origine", "La page dont une coupure est tirée n’a pu être reçue ; la coupure reste."
    ),
    "limit": Told(
        "limite atteinte", "Une limite de la collecte a été atteinte : la suite du site n’a pas été demandée."
    ),
    "parse": Told("lecture", "La page reçue n’a pu être lue, ou n’est pas l’article attendu."),
    "entry": Told(
        "page d’entrée", "La page par où la source est lue répond, mais ne mène plus à aucun article."
    ),
    "hours": Told("horaires", "La collecte n’a pas eu lieu aux heures où la source peut être interrogée."),
}
"""Where a problem arose: ``problems.stage``."""

OUTLETS = {
    "source": Told("source suivie", "La fiche de la source dit le nom du titre."),
    "link": Told("adresse connue", "L’adresse est celle d’un site que le registre des titres connaît."),
    "site": Told("la page elle-même", "Le nom que le site se donne sur la page."),
    "label": Told("légende de la coupure", "Le nom écrit sous ou sur la coupure, avec la date."),
    "title": Told("titre de la coupure", "Le nom qui suit le titre de la coupure : « … | Radio Estran »."),
    "text": Told("texte de la coupure", "Le texte dit d’où il vient, ou épelle le nom du site visé."),
    "domain": Told(
        "autres pages du site", "La page ne dit rien : le nom est celui que d’autres donnent à son site."
    ),
    "host": Told("adresse du site", "Faute de mieux, les mots de l’adresse. Règle fragile."),
}
"""How the outlet of an article was recognised: ``articles.outlet_rule``."""

QUOTES = {
    "after_verb": Told(
        "verbe après la citation", "« … », explique Luce Marin : un verbe de parole et son sujet."
    ),
    "before_verb": Told(
        "verbe avant la citation", "Luce Marin explique : « … » : le sujet, le verbe, deux-points."
    ),
    "to_say": Told("« et X d’ajouter »", "Et Luce Marin d’ajouter : « … »."),
    "inside": Told("incise", "« …, assure Luce Marin, … » : la personne est nommée dans la citation."),
    "according_to": Told("selon, après", "« … », selon Luce Marin."),
    "for": Told("selon, pour", "Pour Luce Marin, selon elle, comme elle le dit : « … »."),
    "name_and_colon": Told("nom et deux-points", "Luce Marin : « … », comme dans un entretien."),
    "signature": Told("signature", "Le nom est à la ligne sous la citation, ou derrière un tiret."),
    "same_sentence": Told("même phrase", "La personne est le sujet de la phrase qui contient la citation."),
    "pronoun": Told(
        "pronom", "« … », dit-elle : la dernière personne nommée qui convient ; aucune s’il n’y en a pas."
    ),
    "office": Told(
        "fonction",
        "« … », dit la gérante : la personne nommée plus haut avec cette fonction, sinon la fonction.",
    ),
    "sentence": Told("phrase seule", "Une phrase entre guillemets que le texte n’attribue à personne."),
}
"""How it is known who says what stands in guillemets: ``quotes.rule``."""

COLUMNS = {
    "quote_rule": QUOTES,
    "outlet_rule": OUTLETS,
    "published_rule": DATES,
    "updated_rule": DATES,
    "rule": MENTIONS,
    "via": DEPARTMENTS,
    "stage": STAGES,
}
"""The columns that hold such codes."""


def sentence(column: str, code: object) -> str:
    """Return what a code means; a code without a sentence comes back as it is.

    >>> sentence("via", "code")
    'Le numéro du département\\xa0: «\\xa0(91)\\xa0», «\\xa0dans le 93\\xa0».'
    >>> sentence("via", "feed")
    'feed'
    """
    told = COLUMNS.get(column, {}).get(str(code))
    return typeset(told.sentence) if told else str(code)


def label(column: str, code: object) -> str | None:
    """Return a code's French name, or ``None`` where the column holds no such code.

    >>> label("published_rule", "url"), label("title", "url")
    ('adresse de la page', None)
    """
    told = COLUMNS.get(column, {}).get(str(code))
    if told is None and column == "rule":
        told = QUOTES.get(str(code))
    return told.label if told else None
