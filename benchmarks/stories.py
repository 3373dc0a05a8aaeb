"""What would the articles of one paper look like? Invented ones of some 500 words, each sentence only once.

As in a real paper they share the language, a few towns and the names of co-ops, and hardly a run of words.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import TypeVar

from benchmarks import invented

T = TypeVar("T")

_SEED = 20_261_129
_COOPS = 200
_PARAGRAPHS = 7
_WORDS_OF_A_PARAGRAPH = 64

_MEN = (
    "banc barrage bassin bateau bâtiment bilan bois bulletin bureau cadran café cahier camion canal "
    "canton carnet carreau casier chantier chapiteau chariot château chaudron chemin cheptel cirque "
    "clocher coffre collège commerce conseil contrat convoi couloir courrier couvent crédit cuivre déchet "
    "défilé délai dépôt dessin devis dossier drap fablab faubourg festival feuillage filet financement "
    "fleuve forage format forum fossé fourneau foyer fromage fuseau garage gouvernail grenier groupement "
    "guichet gymnase jardin journal kiosque laboratoire lavoir levain livret local logement logiciel "
    "lotissement loyer lycée magasin marché manège marteau matériel mécénat médiateur mélèze métier "
    "meuble miel mobilier moulin musée mur navire panneau papier parc parquet partenaire passage "
    "patrimoine pavillon péage permis pigeonnier plafond plancher plateau plâtre poêle poirier pont "
    "portail poste potager pouvoir préau préfet pressoir prêt principe projet quai quartier questionnaire "
    "quota rabot rail rapport rayon recensement recrutement récit registre règlement relais rempart repas "
    "réseau réservoir restaurant rideau ruisseau salaire salon sapin savon sentier service seuil siège "
    "silo sol soutien stage statut studio syndicat tableau taxi terrain théâtre tilleul tissu toit "
    "tonneau tracteur trajet travail tribunal tunnel vélo verger vestiaire village vitrail voilier volet "
    "vote voyage wagon"
)
_WOMEN = (
    "bâche balance banlieue banque barque barrière batterie bibliothèque bière billetterie bobine boîte "
    "boucle boutique branche brigade brique brochure broderie cabane caisse campagne cantine cape "
    "carrière cave céramique chaîne chambre charpente charrette charte chaudière chaussée cheminée "
    "chorale cible citerne clairière classe cloche clôture colline commande commission compagnie "
    "comptabilité conserve cuisine cuve déclaration découverte demande dette digue direction dotation "
    "douane dune façade facture fanfare farine fédération fenêtre ferme fête feuille filière finance "
    "flamme flotte foire fondation force forêt forge formation fosse fourche galerie gare gazette gerbe "
    "gestion grange graine grille grue guilde jachère jetée journée laine laiterie lanterne lecture "
    "lettre librairie ligne livraison loi machine mairie maison malle marche marée marque médiathèque "
    "meule mine minoterie monnaie montagne mosaïque motion mutuelle navette nouvelle palette panne "
    "papeterie parcelle parole pâte péniche pépinière perte pièce pierre pioche piscine place plaine "
    "planche plante plateforme pluie pompe porte poterie poutre prairie presse production promesse "
    "proposition province prune quête quincaillerie quittance racine rame rampe réforme région règle "
    "remise rencontre réponse requête réserve résidence ressource rivière robe roue route ruche rue salle "
    "scène scierie séance semence serre signature soupe source station structure subvention surface table "
    "taille tannerie tâche tente terrasse tisane toile tour tourbière tournée traverse tribune truelle "
    "tuile turbine vallée vanne veillée vente verrerie vigne ville visite vitrine voie voiture"
)
# Adjectives of one form for both.
_KINDS = (
    "aimable alpestre admirable antique aride austère autonome bancaire calme célèbre champêtre commode "
    "complexe comestible considérable coriace crédible dense disponible docile double durable efficace "
    "énergique énorme étrange facile fertile fiable fidèle fragile frêle gigantesque habitable honnête "
    "humble immense imprévisible inutile jaune jeune juste large légitime libre lugubre magnifique maigre "
    "maritime mauve mobile moderne modeste multiple navigable noble notable ordinaire paisible pauvre "
    "pénible périssable pittoresque portable possible pratique précaire probable propre proche rapide "
    "rare raisonnable remarquable riche rigide robuste rouge rustique sage salubre sensible simple sobre "
    "solidaire solide sombre souple stable stérile superbe tenace tiède timide tranquille triste "
    "troisième unique utile vaste viable vide voisine volontaire vulnérable"
)
_DOES = (
    "abrite accompagne accueille achève agrandit aménage améliore anime annonce apporte attend augmente "
    "avance bâtit borde cède change chauffe cherche classe complète confie conserve consulte conteste "
    "contourne coupe couvre crée cultive déborde décore défend dégage demande déménage démonte dépanne "
    "dépasse désigne dessine détaille détourne devance discute divise domine double éclaire écoute édite "
    "emprunte encadre encourage entoure entretient envoie équipe essaie étudie évalue évite examine exige "
    "explique explore expose fabrique fête finance fixe fournit franchit freine gagne garantit garde "
    "habille hérite héberge illustre imagine imprime inaugure indique informe inspire installe interroge "
    "invente invite isole juge justifie laisse livre longe loue maintient mesure mobilise modifie montre "
    "nettoie nourrit observe occupe offre oriente partage peint perd pilote place plante porte prépare "
    "présente préserve prête prévient produit prolonge promet propose protège publie quitte raconte "
    "rachète ramasse rapproche rassemble recense réclame recouvre redresse réduit refuse regarde relance "
    "relie remplace remplit rembourse rencontre rénove répare répartit représente respecte restaure "
    "retire réunit révèle sauve sculpte sème sépare signale soigne soutient suit surveille taille teste "
    "tisse traduit transforme traverse trie trouve utilise valorise vend vérifie vide visite voit vote"
)
_FIRST = "Odile Marc Solène Karim Yvonne Bastien Nadège Tudual Inès Gaspard Lison Aziz Maëlle Rémi Fanny Joël"
_LAST = (
    "Kermadec Vauquelin Brossard Delaunoy Perrichon Tascher Guillemot Vernoux Hautbois Massol Lagadec Pruvost"
)
_TOWNS = (
    *(("Fougères", "35"), ("Niort", "79"), ("Cholet", "49"), ("Albi", "81"), ("Roanne", "42"), ("Gap", "05")),
    *(
        ("Arras", "62"),
        ("Épinal", "88"),
        ("Quimper", "29"),
        ("Vierzon", "18"),
        ("Dole", "39"),
        ("Tulle", "19"),
    ),
)
_FORMS = ("Scop", "Scic", "CAE")
_SAYS = ("dit", "résume", "raconte", "explique", "regrette", "se souvient")
_SHARE_WITH_A_KIND = 0.6
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"


def articles(count: int) -> Iterator[str]:
    """Yield ``count`` texts, the same ones on every run, paragraphs on lines of their own."""
    writer = _Writer()
    for _ in range(count):
        yield "\n".join(writer.paragraph() for _ in range(_PARAGRAPHS))


class _Writer:
    """Writes one sentence after the other, none of them twice."""

    def __init__(self) -> None:
        self._random = Random(_SEED)
        self._coops = [entry.name for entry in invented.entries(_COOPS)]
        self._men, self._women, self._kinds = _MEN.split(), _WOMEN.split(), _KINDS.split()
        self._does, self._months = _DOES.split(), _MONTHS.split()
        self._written: set[str] = set()
        self._shapes: tuple[tuple[Callable[[], str], int], ...] = (
            (self._plain, 8),
            (self._sum, 2),
            (self._day, 1),
            (self._coop, 2),
            (self._quote, 2),
            (self._list, 1),
        )

    def paragraph(self) -> str:
        """Return sentences of some sixty words together."""
        found: list[str] = []
        while sum(len(sentence.split()) for sentence in found) < _WORDS_OF_A_PARAGRAPH:
            found.append(self._sentence())
        return " ".join(found)

    def _sentence(self) -> str:
        shapes, weights = zip(*self._shapes, strict=True)
        while (made := self._random.choices(shapes, weights)[0]()) in self._written:
            pass
        self._written.add(made)
        return made

    def _plain(self) -> str:
        start = self._random.choice((self._thing(), f"{self._thing()} {self._of()}", self._person()))
        end = self._random.choice((self._thing(), f"{self._thing()} {self._of()}", self._pair()))
        return _sentence(f"{start} {self._pick(self._does)} {end}")

    def _sum(self) -> str:
        number = f"{self._random.randint(2, 98)} {self._random.randint(100, 999)}"
        unit = self._random.choice(("euros", "tonnes", "heures", "kilomètres"))
        return _sentence(
            f"{self._thing()} {self._of()} {self._pick(self._does)} {number} {unit} pour {self._pair()}"
        )

    def _day(self) -> str:
        day = (
            f"le {self._random.randint(2, 28)} {self._pick(self._months)} {self._random.randint(2012, 2021)}"
        )
        return _sentence(f"{day}, {self._thing()} {self._pick(self._does)} {self._thing()} {self._of()}")

    def _coop(self) -> str:
        town, department = self._pick(_TOWNS)
        name = f"la {self._pick(_FORMS)} {self._pick(self._coops)}"
        place = self._random.choice((f", à {town} ({department}),", f" ({town})", ""))
        return _sentence(f"{name}{place} {self._pick(self._does)} {self._thing()} {self._of()}")

    def _list(self) -> str:
        first, *others = self._random.sample(self._coops, 3)
        told = f"{self._thing()} {self._pick(self._does)} trois coopératives : {first}"
        return _sentence(f"{told}, {' et '.join(others)}")

    def _quote(self) -> str:
        told = f"{self._thing()} {self._pick(self._does)} {self._pair()}"
        return f"« {told[0].upper()}{told[1:]} », {self._random.choice(_SAYS)} {self._person()}."

    def _pair(self) -> str:
        return f"{self._thing()} et {self._thing()}"

    def _thing(self) -> str:
        article, nouns = self._random.choice((("le", self._men), ("la", self._women)))
        kind = f" {self._pick(self._kinds)}" if self._random.random() < _SHARE_WITH_A_KIND else ""
        return f"{article} {self._pick(nouns)}{kind}"

    def _of(self) -> str:
        article, nouns = self._random.choice((("du", self._men), ("de la", self._women)))
        return f"{article} {self._pick(nouns)}"

    def _person(self) -> str:
        return f"{self._pick(_FIRST.split())} {self._pick(_LAST.split())}"

    def _pick(self, things: Sequence[T]) -> T:
        return self._random.choice(things)


def _sentence(told: str) -> str:
    return f"{told[0].upper()}{told[1:]}."
