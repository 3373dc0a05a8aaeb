"""In which words do sites announce what is not the article? One wording a line, folded: no case, no accents.

Each line is a regular expression. French comes first, then the languages of the pages that cite our press.
"""

from typing import Final

# The whole line says this: what follows are other articles, or other people's words.
TEASERS: Final = r"""
(?:les |nos )?(?:dernier(?:e?s)?|autres) (?:actualites?|actus|articles?|nouvelles|publications|breves|billets)
(?:les )?(?:articles?|actualites?|actus|billets?|contenus?|publications?) (?:a la une|qui (?:vont|va) suivre)
(?:les )?(?:actualites?|actus|billets?|contenus?|publications?) (?:similaires?|lie?e?s|associe?e?s|recente?s)
d.autres (?:diaporamas?|articles?|actualites?|actus|videos?|photos?|episodes?|portfolios?|galeries?|recits?)
(?:plus|davantage) d.(?:actualites?|actus|articles?|infos)
(?:voir |lire )?tou(?:te)?s? (?:les |nos |l.)actu(?:alite)?s?
(?:les |nos )?derniers (?:billets|commentaires|tweets)|(?:les )?plus (?:lus?|commentes?|partages?|consultes?)
(?:les |nos )?(?:episodes|numeros|editions) precedente?s|qui est en ligne|dans l.actualite|en ce moment
(?:les |nos )?dernier(?:e?s)? (?:episodes|videos|podcasts|numeros|parutions|dossiers|evenements|recits)
(?:(?:les |nos )?autres |nos )(?:episodes|videos|evenements|annonces|offres|dossiers|rubriques|recits)
nos partenaires|pres de chez vous|a proximite|l.aut(?:eure?|rice)
le (?:magazine|journal)|la revue|qui sommes-nous
vos (?:messages|avis)|livre d.or|(?:nous )?(?:soutenir|soutenez)(?:-nous)?|faire un don|rejoignez-nous|adherer
dans (?:le|ce) (?:meme )?(?:numero|dossier|quartier)|(?:a|sur|durant) la meme (?:periode|page)|au meme endroit
(?:les |nos )?(?:(?:evenements|rendez-vous) a venir|prochains (?:evenements|rendez-vous))
a la une|reactions a cet article|contacts? presse|service de presse
ailleurs sur le web|a ne pas (?:manquer|rater|louper)|il ne fallait pas manquer|contenus? sponsorises?
(?:la redaction|nous) vous (?:(?:conseill|recommand|propos)(?:e|ent|ons)).{0,20}
(?:recommandee?s?|selectionnee?s?|suggestions?|propose) (?:pour|par) .{2,20}
(?:poursuivez|poursuivre|continuez|prolongez) (?:votre|la|sa) lecture
(?:voir|lire) (?:aussi|egalement)|vous pourriez (?:aussi )?aimer.{0,20}
(?:les )?articles? (?:similaires?|lies?|connexes?|associes?|recents?|recommandes|precedents)
(?:sur|dans|avec) (?:le|la) meme (?:sujet|theme|rubrique|thematique|categorie)
(?:articles?|audios?|videos?|photos?|dossiers?|liens?|documents?)(?: et \w+)? sur le (?:meme )?sujet
a (?:lire|voir|decouvrir) (?:aussi|ensuite|egalement)|et aussi|(?:les )?plus lus|vignettes voisines
(?:ces articles|cela|ceci) (?:pourrai(?:en)?t|peuvent|peut) (?:aussi )?vous interesser
vous aimerez (?:aussi|peut-etre|egalement)
(?:\d+ )?(?:commentaires?|reponses?|reactions?)|(?:laisser|poster|ajouter|ecrire) un commentaire
vos (?:commentaires|reactions)|reagir (?:a cet article)?|partagez? cet article|suivez-nous(?: sur)?
a propos de l.auteure?s?|article (?:precedent|suivant)|navigation (?:de l.article|des articles)
related(?: \w+)?|(?:more|other|latest|recent|popular|top) (?:stories|articles|news|posts)
more (?:from|on|in) .{1,40}|you (?:may|might) (?:also|be) (?:like|interested).{0,20}|recommended(?: for you)?
(?:\d+ |no |view )?(?:comments?|responses?|replies|thoughts)(?: so far)? ?(?:\(\d+\))?
(?:leave|post|add|write) a (?:comment|reply)|say your words|about the authors?|(?:read|see) (?:next|also)
most (?:read|popular|viewed)|trending(?: now)?|what to read next
ahnliche (?:beitrage|artikel|themen)|das konnte (?:sie|dich|euch|ihnen) auch (?:interessieren|gefallen)
mehr (?:zum thema|themen|aus .{1,30}|von .{1,30})(?: auf .{1,30})?|auch interessant|mehr kolumnen
(?:weitere|empfohlene|neueste|aktuelle|letzte|verwandte) (?:artikel|beitrage|meldungen|berichte).{0,30}
(?:\d+ )?(?:kommentare?|antworten)(?: (?:verfassen|schreiben|hinzufugen))?|letzte kommentare
(?:hinterlasse|schreibe?|verfasse)\w* (?:eine antwort|(?:einen )?kommentar)|(?:am )?meist ?gelesen
uber (?:den autor|die autorin)|noch mehr infos.{0,20}
(?:articulos|noticias) relacionad[ao]s|te puede interesar|czytaj (?:tez|takze|dalej)|polecane|komentarze
"""

# Of these, the ones after which nothing of the article can follow, however long it is.
LAST_TEASERS: Final = r"""
(?:les |nos )?(?:dernier(?:e?s)?|autres) (?:actualites?|actus|articles?|nouvelles|publications|breves|billets)
(?:\d+ )?commentaires?|laisser un commentaire
ailleurs sur le web|contenus? sponsorises?|contacts? presse|reactions a cet article
"""

# The line begins like this: it points to another page in the middle of the article.
POINTERS: Final = r"""
(?:a )?(?:lire|voir|relire|ecouter) (?:aussi|egalement|notre|ensuite)|sur le meme sujet|en savoir plus
a (?:lire|voir|ecouter|decouvrir)(?= ?:)
pour aller plus loin|lire la suite|lire plus|la suite
read (?:more|also|next|the (?:latest|full)\b)|see also|also read|more:|related:|watch:|listen:
lesen sie (?:auch|hier|mehr)|auch lesen|lies auch|mehr (?:lesen|dazu|zum thema|infos)|siehe auch|weiterlesen
zum thema|lea (?:tambien|mas)|lea:|vea tambien|ve[rj]a (?:tambem|tambien)|puedes ver|leia (?:tambem|mais)
te puede interesar|czytaj|zobacz|przeczytaj|leggi anche
"""

# Anywhere in the line: the rest of the article is for those who pay.
APPEALS: Final = r"""
vous avez lu .{1,25} (?:de (?:cet |l.)article|du texte)
(?:cet article|ce contenu|la suite) est (?:reservee?|payante?)
(?:cet article|ce contenu|la lecture).{0,20} (?:abonne-vous|abonnez-vous pour)|contenu (?:payant|reserve)
reservee?s? (?:a nos |aux? )?abonne|il vous reste \d{1,3}\s?% |deja abonne
(?:pour|afin de) (?:lire (?:la suite|l.integralite)|acceder en illimite)|notre offre decouverte
acces illimite a tous les (?:articles|contenus)|already (?:a|an) (?:subscriber|member)|first-time subscribers
(?:view|read|continue reading) the (?:full|rest).{0,40}subscri|subscribers? only
um (?:weiterzulesen|den ganzen artikel)|jetzt abonnieren|nur fur abonnenten
"""

# Anywhere in the line: an invitation to follow, sign up or comment.
INVITATIONS: Final = r"""
(?:cette page|cet article|ce contenu).{0,20} a-t-(?:elle|il) ete utile
newsletter|(?:abonnez|inscrivez|connectez|identifiez)-vous|(?:suivez|retrouvez)-nous sur
commentaires sont fermes|votre (?:adresse )?e-?mail|follow (?:us|me|.{2,30} on (?:twitter|facebook|instagram))
sign up (?:for|to)|subscribe (?:to|now|here)|join our|never miss|comments are closed|your e-?mail address
(?:utilis\w+|use[sd]?|using|verwende\w*|nutzt|utiliza\w*|usamos) (?:\w+ )?cookies|cookie-einstellungen
(?:acceptation|accepte[rz]) (?:des|les|nos) cookies
article vous a (?:plu|aide|interesse)|vous avez aime (?:cet|ce|cette) (?:article|texte|lecture|episode)
(?:erreur|coquille|faute) (?:dans|sur) (?:l.|cet |cette )(?:article|page)|n.engagent que leurs? aut
^\W*recevez (?:nos|notre|l[ea]s?|chaque|gratuitement)\b.{0,60}(?:semaine|matin|soir|jour|mois|lettre|boite)
vous recevez ce (?:message|courriel|mail|e-mail)|desinscri(?:re|vez|ption)|desabonn|offrez-nous|vous etes ici
voir cette publication sur|(?:contenu|video) est bloquee?|(?:n.avez|n.ayez) pas accepte les
propulse (?:par|avec)|mentions legales\W{1,4}(?:plan|contact|donnees|credits|access|politique|confid|cookies)
plan du site\W|tous droits reserves|reproduction interdite
\bissn\b|(?:conception|realisation)\s?: .{0,40}(?:agence|web|site|spip|wordpress|propulse)
folgen sie uns|folge uns|unterstutze|kommentare (?:sind )?geschlossen|keine kommentare|noch keine bewertungen
deine e-mail
"""

# Each appeal holds one of these words, which are no expressions; each invitation one of those below.
WORDS_OF_APPEALS: Final = """
abonn|subscri|illimite|vous avez lu|il vous reste|offre decouverte|already a|est reserve|contenu reserve
est payant|contenu payant|pour lire l|afin de lire l|weiterzulesen|ganzen artikel
"""

WORDS_OF_INVITATIONS: Final = """
ete utile|newsletter|z-vous|z-nous sur|sont fermes|mail|follow|sign up|subscri|join our|never miss|are closed
voir cette|est bloque|pas accepte
vous a |offrez|avez aime|erreur|coquille|faute|engagent|recevez|desinscri|desabonn|etes ici|propulse
mentions|plan du site|droits reserves|interdite|issn|conception|realisation
cookie|folge|unterstutze|geschlossen|keine kommentare|keine bewertungen
"""

# The whole line counts visitors, readers or shares, or stands below a printed page.
COUNTERS: Final = r"""
vous etes (?:le|la) [\d .]+(?:e|eme|er)? visiteu(?:r|se).*
(?:compteur|total|visites?|visiteurs?)\s?: ?[\d .]+.*|\d{1,2} ?/ ?\d{1,2}
[\d .]+ (?:visites?|visiteurs?|lectures?|vues?|affichages|partages?)(?:\W+[\d .]* ?\w+){0,4}
(?:cette |la )?page (?:a ete )?(?:lue|vue|consultee|visitee) [\d .]+ fois
duree\s?: ?\d+ ?(?:min|h).*|temps de lecture.{0,20}\d+.*
(?:nombre de )?(?:lectures?|vues?|visites?|consultations?)\s?: ?[\d .]+
il y a [\d .]+ (?:visiteurs?|invites?|utilisateurs?|personnes?) (?:en ligne|connecte).*
(?:adresse|url|lien) (?:de|vers) (?:cet article|cette page|l.article).*
(?:(?:document|page|article|texte) )?imprimee? (?:le|depuis|a partir) .*|source\s?: https?:.*
imprimer (?:cette page|cet article|la page|l.article)\b.{0,60}|document generee? en .*
partage[rz](?:[ -](?:sur|via|moi|cet article|cette page|l.article|avec))*\W*(?:\w{1,12}\W+){1,8}\w{1,12}
"""

# One of these stands in each such line; those of the last line name a network besides.
WORDS_OF_COUNTERS: Final = """
visite|lecture|vue|affichages|partage|compteur|total|lue|consult|en ligne|connecte|adresse|url|lien|imprim
source|genere|/|duree|temps de
"""
NETWORKS: Final = (
    "facebook|twitter|linkedin|whatsapp|mastodon|bluesky|telegram|pinterest|instagram|mail|courriel"
)

# Anywhere in the line: what a subscription costs, or what a gift is asked for.
OFFERS: Final = r"""
(?:€|euros?|mois|offre|abonn).{0,60}sans engagement|sans engagement.{0,30}(?:mois|€)
sans carte bancaire|\b\d+ mois offerts?|(?:essayez|essai) gratuite?(?:ment)?
\d(?:,\d\d)? ?(?:€|euros?) (?:le premier|les \d+ premiers|pour (?:le premier|les \d+ premiers)) mois
vous avez deja un compte|(?:laissez|laisser)(?:-nous)? .{0,30}(?:pourboire|etoiles)
faites un don\b.{0,40}|soutenez-nous\b
"""

WORDS_OF_OFFERS: Final = """
engagement|carte bancaire|offert|essa|premier|deja un compte|pourboire|etoiles|un don|soutenez
"""

# The line begins like this: who took the picture, where the text comes from.
CREDITS: Final = r"""
(?:credits?|photos?|photographies?|illustrations?|image)(?: \w+){0,2}\s?:|©|\(c\)
(?:photos?|photographies|illustrations?|dessins?) (?:de|par) \w+ \w+(?: \w+)?$
image (?:illustrative|credit)|photo (?:by|de|credit|©)|getty images|picture:|bron:|fot\.
foto(?:s|graf)?:|bild(?:er|quelle|nachweis)?:|quelle[n:]|titelbild
"""

# The line ends like this.
CREDIT_ENDS: Final = r"""
getty images|istock(?:photo)?(?:\.com)?|shutterstock(?:\.com)?|adobe stock
© ?[^©.!?]{2,40}
\((?:foto|photo)\s?:? [^()]{2,40}\)|/ ?(?:afp|dpa|reuters|pap|ap)
"""

# The line begins like this and a colon: the subjects under which the article is filed.
SUBJECTS: Final = r"""
tags?|tagged|etiquettes?|libelles?|mots?[- ]cles?|sujets?|themes?|thematiques?|categor(?:ie|y)s?
class?e (?:dans|sous)|publie dans|rubriques?|filed under|posted in|topics?|keywords
schlag(?:worter|worte)|stichworte|themen
kategorien?|temas|etiquetas|permalien|permalink|veroffentlicht (?:in|unter)|abgelegt unter
"""

# The whole line says this: a button, a label, a way back.
TOOLS: Final = r"""
imprimer|partager|envoyer(?: a un ami)?|version imprimable|telecharger|retour|haut de page|retour en haut
ecouter (?:cet article|l.article|le podcast|cet episode)|copier le lien|signaler une erreur|voir la carte
ajouter (?:a|au|dans) .{0,12}(?:agenda|calendrier|panier)|merci pour votre (?:retour|avis)\W*
(?:au )?sommaire|dans cet article
publicite|permalien|j.aime|offrir|chargement|prev|next|precedent|suivant|(?:lire|voir) plus
lire la suite|ouvrir|fermer|agrandir|commenter|favoris?|pdf
print|share|share this(?: article| post)?|email|tweet|save|advertisement|sponsored|back to top|read more
continue reading|table of contents|contents|loading
drucken|teilen|seite teilen|anzeige|werbung|nach oben|zuruck(?: zur .{1,20})?|inhalt(?:sverzeichnis)?
\d+ (?:vues?|views|lectures?)(?: ?\d+ commentaires?)?
weiterlesen|merken|vorlesen|bild anzeigen
"""

READING_TIME: Final = r"""
(?:temps de lecture|lecture)(?: estimee?)?\W{0,3}\d+|^\W*duree\s?: ?\d+ ?(?:min|h)
\d+ ?min(?:utes?)? (?:de lecture|read)
lesezeit
"""

# Words that a line with nothing but a date may hold besides it.
DATE_WORDS: Final = r"""
publi\w*|mis en ligne|mise? a jour|modifi\w*|post\w*|par|le|la|a|lundi|mardi|mercredi|jeudi|vendredi|samedi
dimanche|de|date|min|lecture|updated|published|on|at|by|last|am|pm|et|edt|gmt|um|uhr|stand|erstellt
aktualisiert|von|mis|imprimer|envoyer|un ami|partager|commenter|ecouter
"""

# The heading of the box that closes the unions' articles: whom to write to, the same on every page.
CONTACT_HEADINGS: Final = r"""
en pratique|infos? pratiques?|contacts?|nous contacter|pour en savoir plus
"""

CONTACT_WORDS: Final = r"""
votre delegue|n.hesitez pas a|(?:contactez|ecrivez|appelez)[- ]nous|a votre disposition
votre (?:union|federation)|service (?:de )?presse|(?:attachee?|relations?) (?:de )?presse|^\W*presse\s?:
"""
