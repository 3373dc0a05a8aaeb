"""What may follow a name that makes it a co-op? « est une Scop », « (Scop, Vire) », « passe en Scop »."""

import re

from archive.parsers.coop_forms import BUSINESS, FORM

# What closes a name: quotation marks, emphasis, the address of a link.
# After it, the dress of a company may stand: « X SA devient une Scop ».
UNQUOTE = r"\s?[»”\"\]*_]*(?:\(https?://[^\s()]{1,80}\))?(?:\s(?:SA|SAS|SASU|SARL|EURL)\b)?"
END = r"(?![\w-])"
DETERMINER = (
    r"(?:(?:une?|la|le|notre|votre|leur|sa|ma|cette|l['’]une?\s(?:des|de\s[ncs]es|de\snos)(?:\s(?:\d{1,3}|[a-zà-ÿ]{2,9}(?:-[a-zà-ÿ]{2,9}){0,3}))?|l['’]unique|l['’]|jeune|petite?|première?|premier|nouveau|dernier|dernière|seule?|grande?"
    r"|plus\s(?:grosse|grande|ancienne|petite|vieille|importante|jeune|célèbre|connue)|toute|autre|ancienne?|nouvelle|célèbre|belle|véritable)\s?){0,3}"
)

# « X (Scop SAS, Audierne) », « X (imprimerie, Scop) »
BRACKETED = re.compile(
    rf"{UNQUOTE}\s\((?:[a-zà-ÿ][^()\n,]{{2,30}},\s(?=[^()\n]{{3,12}}[,)])|une\s|la\s)?(?P<form>{FORM}|{BUSINESS})(?:[\s,:–-][^()\n]{{0,60}})?\)"
)
# « X est une Scop », « X, à Y, est une Scop », « X. C'est une Scop », « X devient une Scic »
_BEFORE_VERB = r"(?:\.\sC['’ʼ]|\s[–—(]\s?(?=c['’ʼ]est)|,?\s(?:\([^()\n]{1,90}\)\s)?|,\s[^.,;:\n]{2,60},\s)"
_VERB = (
    r"(?:est|sont|était|étaient|fut|furent|sera|devient|deviennent|deviendra|devint|c['’ʼ](?:est|était)|reste)(?:\s(?:ainsi|donc|alors|enfin|officiellement|même|désormais))?(?:\sdevenue?s?)?"
    r"(?:,?\s(?:(?:depuis|en|il\sy\sa|le|lundi|mardi|mercredi|jeudi|vendredi|samedi|ce|cette)\s[^.,;:!?\n()]{2,30}?|hier),?)?"
)
_NOW = r"(?:\s(?:aussi|désormais|maintenant|aujourd['’]hui|donc|ainsi|également|officiellement|en\seffet))?"
PREDICATE = re.compile(rf"{UNQUOTE}{_BEFORE_VERB}{_VERB}{_NOW}\s{DETERMINER}(?P<form>{FORM}|{BUSINESS}){END}")
_NAME_OF_COOP = re.compile(
    rf"{UNQUOTE}(?:,[^,.\n]{{1,60}},)?(?:\sest|(?:,|\s:)\sc['’]est)\sle\s(?:nouveau\s)?nom\s(?:de\s(?:la|cette|notre|leur)|d['’]une)\s"
    rf"(?:(?:jeune|nouvelle|future)\s)?(?P<form>{FORM}){END}"
)
# « X s'est transformée en Scop », « X passe en Scop »; not « X prépare sa transformation ».
BECOMES = (
    r"(?:transformée?s?|transforme|constituée?s?|reprise?s?|reprend|reprennent|convertie?s?|muée?s?|mue"
    r"|organisée?s?|montée?s?|créée?s?|passe|passée?s?|bascule|fondée?s?|relancée?s?"
    r"|repart|repartent|redémarrent?|renaît|renaissent|revit|rouvre)"
)
# « un projet de reprise en Scop » is not yet one.
_NOT_NOUN = r"(?<!\bde)(?<!\bla)(?<!\bsa)(?<!\bune)(?<!\bleur)"
INTO = r"(?:en(?:\sune)?|au\sstatut\sde|sous\s(?:la\s)?(?:forme|statut)\s(?:de\s|d['’]une\s)?)"
_TURNED = re.compile(
    rf"{UNQUOTE}(?:\s\([^()\n]{{2,40}}\))?(?:,\s[^.,;:\n]{{2,60}},)?(?:,?\s[^.,;:!?\n()«»]{{0,40}}?)?,?{_NOT_NOUN}\s{BECOMES}\s(?:par\s(?:ses|les|leurs|des|une|\w+)\s[^.,;:!?\n()]{{2,40}}?\s)?(?:récemment\s|alors\s|depuis\s|ainsi\s)?"
    rf"{INTO}\s?(?P<form>{FORM}){END}"
)
# « X : une société anonyme devenue Scop », « X, menuiserie de Vire transformée en Scop »
_FORMER = re.compile(
    rf"{UNQUOTE}(?:,[^.,;:!?\n()]{{2,60}})?\s?[,:–—(]\s?(?:une\s|l['’]|la\s|cette\s|ex-)?"
    r"(?:SA|SAS|SARL|société|entreprise|association|PME|usine|imprimerie|coopérative|[a-zà-ÿ]{3,12}erie)(?![\w-])"
    r"[^.,;:!?\n()]{0,50}(?<!\sest)\s(?:devenue|transformée\sen|passée\sen|convertie\sen|constituée\sen|reprise\sen)\s"
    rf"(?:une\s)?(?P<form>{FORM}){END}"
)
# « X a choisi le statut de Scop », « X, sous statut Scic », « X fonctionne en Scop »
_STATUS = re.compile(
    rf"{UNQUOTE}(?:,\s[^.,;:\n]{{2,60}},)?(?:,\squi)?\s(?:(?:a|ont)\s)?(?:(?:choisit?|choisissent|adopté?e?|adoptent|pris|prend"
    r"|opté\spour|opte\spour)\sl[ea]\s(?:statut|forme|modèle)(?:\sjuridique)?(?:\sde\sla|\sde|\sd['’]une?)?|fonctionnent?\sen"
    r"|(?:vit|vivent|tournent?|travaillent?|exercent?|évoluent?|opèrent?|s['’]organisent?)(?:\s\w+)?\sen"
    r"|vien(?:t|nent)\s(?:tout\sjuste\s)?de\s(?:passer|basculer|se\s(?:transformer|constituer|convertir))\sen"
    r"|(?:a|ont)\s(?:opté\spour|fait\sle\schoix\sde)\sla"
    r"|(?:(?:a|ont)\s(?:obtenu|décroché|reçu|pris)|vien(?:t|nent)\sd['’]obtenir|obtient|prend)\sl(?:e\s|['’])"
    r"(?:statut|agrément|label|forme)(?:\sde)?"
    rf"|existent?\sen|démarrent?\sen|est\sconstruite?\sen|se\s(?:constitue|lance|monte|transforme)\sen)\s(?P<form>{FORM}){END}"
)
# « X SCOP SAS », « Les X Scop Arl »: the form as a surname
_SURNAME = re.compile(
    rf"{UNQUOTE}\s(?P<form>S(?:cop|COP|cic|CIC)(?:[\s-](?:ARL|Arl|SARL|SAS|SA))?)"
    r"(?=\s?(?:[,.;:)\n–—-]|SAS|SA\b|à\s|au\scapital|$))"
)
# « X fait partie des vingt Scop de l'île », « X compte parmi les Scop du pays »
_AMONG = re.compile(
    rf"{UNQUOTE}(?:,\s[^.,;:\n]{{2,60}},)?\s(?:fait\spartie\sdes|(?:compte|figure)\sparmi\sles)\s(?:[\w-]+\s)?"
    rf"(?P<form>{FORM}){END}(?=\s(?:de|du|des|qui|créées)\s|\sd['’]|[.,;])"
)
# « X fait partie du réseau des Scop », « X, membre de la Confédération générale des Scop, »
_MEMBER = re.compile(
    rf"{UNQUOTE}(?:,\s[^.,;:\n]{{2,60}},)?(?:,\s|\s(?:est\s)?)(?:aussi\s)?(?:fait\spartie|membre|adhér\w+)\s(?:à|du|de|d['’]|au)?\s?(?:la\s|l['’])?"
    r"(?:[Rr]éseau|[Mm]ouvement|[Uu]nion|[Ff]édération|[Cc]onfédération)(?:\s(?:régionale|générale|nationale|départementale))?"
    rf"\sdes\s(?P<form>{FORM}){END}"
)
# « X est un modèle de Scop », « X fait le choix de la coopérative », « X saute le pas de la Scop »
_MODEL = re.compile(
    rf"{UNQUOTE}(?:,\s[^.,;:\n]{{2,60}},)?\s(?:(?:est|reste|devient)\sun\s(?:bel\s|bon\s|vrai\s)?(?:modèle|exemple)\sde|fait\sle\schoix\sde\sla"
    rf"|(?:saute|franchit|a\ssauté|a\sfranchi)\sle\spas\sde\sla)\s(?P<form>{FORM}){END}"
)
# « X m'aurait plu (une CAE d'artistes) »: a short clause about X, without another noun.
_ASIDE = re.compile(
    rf"{UNQUOTE}(?:\s(?!(?:une?|la|les?|des?|du|sa|son|ses|ma|mon|notre|votre|leurs?|cette|ce|chez|pour|par|dans)\b)"
    rf"[a-zà-ÿ’']+){{1,4}}\s\(une\s(?P<form>{FORM}){END}"
)
# « X naît sous statut coopératif »
_COOP_STATUS = re.compile(
    rf"{UNQUOTE}(?:,\s[^.,;:\n]{{2,60}},)?\s[^.,;:!?()\n]{{0,30}}?(?:naît|naissent|née?s?|fonctionnent?|passent?|vit|vivent"
    r"|transformée?s?|constituée?s?|créée?s?|travaillent?|exercent?)\s[^.,;:!?()\n]{0,20}?(?:sous|au|en)\s(?:le\s|un\s)?(?:statut|forme|régime)\s"
    rf"(?P<form>coopérati(?:f|ve)){END}"
)
# « X : dix ans de Scop », « X, trente ans de coopérative »
_YEARS = re.compile(rf"{UNQUOTE}\s?[:,]\s[^.,:;!?()\n]{{1,16}}\sans\sde\s(?P<form>{FORM}){END}")
# « X ? Une coopérative de douze luthiers. »
_ASKED = re.compile(rf"{UNQUOTE}\s\?\sUne\s{DETERMINER}(?P<form>{FORM}){END}")
# « X existe toujours, c'est une belle coopérative »
_STILL_IS = re.compile(
    rf"{UNQUOTE}\s(?:existe|tourne|vit|tient|marche|fonctionne|continue|travaille|grandit)(?:\s[a-zà-ÿ]{{2,12}}){{0,3}},\s(?:et\s)?c['’]est\s{DETERMINER}(?P<form>{FORM}){END}"
)
# « X, doyenne des Scop du département, »
_ELDEST = re.compile(
    rf"{UNQUOTE},\s(?:la\s|le\s|l['’])?(?:doyenn?e?|benjamine?|cadette?|aînée?|championne?|vétérane?|pionnière|pionnier|fleuron|étoile|locomotive|petite\sdernière)s?\s"
    rf"(?:des|de\s(?:nos|ces))\s(?P<form>{FORM}){END}(?=\s(?:de|du|des|d['’])|\s?[,.;])"
)
# Patterns to be matched right after a name, all of which begin with ``UNQUOTE``, each with its rule's name.
RULES = (
    (_COOP_STATUS, "turned_coop"),
    (PREDICATE, "is_a_coop"),
    (_NAME_OF_COOP, "is_a_coop"),
    (_YEARS, "is_a_coop"),
    (_ASKED, "is_a_coop"),
    (_STILL_IS, "is_a_coop"),
    (_ELDEST, "is_a_coop"),
    (BRACKETED, "form_in_brackets"),
    (_TURNED, "turned_coop"),
    (_FORMER, "turned_coop"),
    (_STATUS, "turned_coop"),
    (_SURNAME, "form_after"),
    (_AMONG, "is_a_coop"),
    (_MEMBER, "is_a_coop"),
    (_MODEL, "is_a_coop"),
    (_ASIDE, "form_in_brackets"),
)
# Tells at once whether one of them matches: for most names none does.
ANY_RULE = re.compile(
    UNQUOTE
    + "(?:"
    + "|".join(pattern.pattern.removeprefix(UNQUOTE).replace("(?P<form>", "(?:") for pattern, _ in RULES)
    + ")"
)
