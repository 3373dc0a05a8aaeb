"""Which words are no names, of co-ops or at all? Word lists for the co-op rules, folded."""

from archive.parsers.words import word_set

# Words of forms and of law; no name runs over them.
FORMS = word_set(
    """
    scop scops scic scics cae sarl sas sa arl cooperative cooperatives societe
    """
)

# Function words that begin a sentence with a capital and no name.
FUNCTION = word_set(
    """
    a afin ailleurs ainsi alors apres au aucun aujourd aupres aussi autant autour autre autres aux avant
    avec basee base bien bienvenue bonjour c ca car ce cela celle celles celui cent ces cet cette ceux
    chacun chacune chaque chez ci comme comment contre d dans de debut deja depuis derriere des
    desormais deux devenir deviens devient difference dix donc du durant elle elles en encore enfin
    ensuite entre est et eu fin grace huit hier ici il ils issu issue j je jusqu l la le les leur leurs
    lors lorsqu lorsque lui m ma mais malgre me mes mieux moi moins mon n ne neuf ni non nos notre nous
    on onze ou outre par parce parfois parmi pas passer pendant personne peu peut plus plusieurs pour
    pourquoi premiere premier presque puis puisqu puisque qu quand quant quatre que quel quelle quelles
    quels quelque quelques qui quinze quoi rien s sa sans sauf se selon sept ses seul seule seules si
    six soit son sont sous souvent suite sur t ta tandis tant tel telle toujours tous tout toute toutes
    treize trente tres trois trop un une vers via vingt voici voila vos votre vous y aout avril decembre
    fevrier janvier juillet juin mai mars novembre octobre septembre lundi mardi mercredi jeudi vendredi
    samedi dimanche cinq creee cree creees fondee fonde installee installe nee implantee implante
    reprise premierement
    """
)

ARTICLES = word_set(
    """
    la le les l un une
    """
)

# Function words that never open a name, whatever follows: « Depuis Brest », « Chez Alma ».
NEVER_FIRST = FUNCTION - word_set(
    "mon ma mes nos notre tout autre deux trois quatre sept cent sur sous entre autour avec"
)
# These end a name when they come with a capital; months, days and numbers may be part of one.
NEVER_INSIDE = FUNCTION - word_set(
    """
    de d du des la le les l sur et a en au aux n pour mars mai juin avril janvier dimanche lundi mon ma nos
    tout deux trois quatre cinq six sept huit neuf dix onze
    """
)
# Movements, public bodies, banks, schools, the press; and words that only look like names.
OTHERS = word_set(
    """
    union unions urscop cgscop federation federations confederation mouvement cress avise association
    associations reseau mutuelle mutuelles banque caisse conseil chambre ministere prefecture prefet
    mairie ville departement region etat agence tribunal institut universite ecole lycee comite syndicat
    inter pole adie ademe insee cnrs sncf edf covid ess rse france europe internet facebook twitter
    linkedin instagram youtube google whatsapp macif maif groupama pdf url tva smic pme tpe eti rh ag ca
    cdi cdd kbis bpi bpifrance urssaf dreets direccte afnor iso cop ong onu ue usa president presidente
    directeur directrice gerant gerante madame monsieur mme m article articles loi code livre page
    annexe figure contact accueil actualites actualite agenda edito dossier portrait temoignage
    interview socoden sofiscop transmea esfin gouvernement parlement assemblee senat commission
    direction groupement entreprises entreprise initiative inserm pdg dg drh formation video photo lire
    voir credit cite academie fondation fonds office hotel metropole agglomeration communaute commune
    communes pays monde republique aube cooperation coop coops bretons participative participatives
    collectif interet societe societes industries services batiment btp communication com arts alter
    incub licoornes podcast newsletter mois semaine journee rencontre rencontres congres solidarite ur
    ici ile bonne cher chere sud nord est ouest grand guide fiche faq tv regionale regional nationale
    national definition fonctionnement statut statuts avantages mode emploi presentation principes
    gouvernance creation reprise transmission financement fiscalite juridique histoire valeurs chiffres
    salaries associes adherent adherents adherentes francaise francais europeenne dom tom idf paca aura
    """
)

# Names that begin with one of these, after an article, are bodies and not co-ops.
BODIES = word_set(
    """
    union, urscop, cgscop, federation, confederation, association, asso, reseau, mutuelle, banque,
    caisse, conseil, chambre, ministere, prefecture, mairie, ville, departement, region, agence,
    tribunal, institut, universite, ecole, lycee, comite, syndicat, credit, pole, fondation, fonds,
    office, communaute, metropole, club, inter, mouvement, cress, college, campus, centre hospitalier,
    chu, cnam, cci, carsat, caf, groupement, commission, congres, assemblee, festival, cluster, plan,
    code, loi, charte, scop entreprises, crous, observatoire, parti, ministre, amap, asa, gaec, sivom,
    collectif pour
    """,
    ",",
)

# Regions of yesterday, countries and corners of the map.
PROVINCES = word_set(
    """
    bretagne sud, languedoc roussillon, languedoc, rhone alpes, midi pyrenees, poitou charentes,
    picardie, champagne ardenne, franche comte, haute normandie, basse normandie, alsace, lorraine,
    aquitaine, limousin, auvergne, bourgogne, centre, provence, paca, nord pas de calais, occitanie
    mediterranee, occitanie pyrenees, ouest, grand ouest, sud est, ile de france centre val de loire,
    mediterranee, anjou, touraine, berry, perche, beauce, dauphine, savoie, vallee du rhone, france,
    antilles, quebec, belgique, suisse, argentine, espagne, italie, allemagne, angleterre, londres,
    bruxelles, geneve
    """,
    ",",
)

# A name that begins so is a person.
FIRST_NAMES = word_set(
    """
    adele adrien agathe agnes alain alban albert alex alexandra alexandre alexis alice aline amandine
    amelie anais andre anne annie antoine ariane arnaud arthur audrey aurelie aurelien axel baptiste
    barbara beatrice benjamin benoit bernard bertrand brigitte bruno camille carole caroline catherine
    cecile cedric celine chantal charles charlotte chloe christelle christian christine christophe
    claire claude clara clement clemence clementine colette corinne cyril damien daniel danielle david
    delphine denis denise didier dominique dorothee edith edouard elisabeth elise elodie eloise emilie
    emma emmanuel emmanuelle eric erwan estelle esther etienne eva fabien fabienne fabrice fanny fatima
    florence florent florian francis franck francois francoise frederic frederique gabriel gael gaelle
    georges gerard gilbert gilles guillaume guy gwenael helene henri herve hugo ines isabelle jacques
    jean jeanne jeremie jeremy jerome joel joelle johan jonathan josephine jules julia julie julien
    juliette justine karim karine kevin laetitia laura laure laurence laurent lea leo lionel louis
    louise luc lucas lucie lucien ludivine ludovic madeleine mael maelle magali manon marc marcel
    margaux marguerite maria marianne marie marine marion marthe martin martine mathieu mathilde
    matthieu maud maxime melanie michel michele mickael mireille mohamed monique morgane muriel myriam
    nadia nadine natacha nathalie nicolas nicole noemie nolwenn odile olivier oceane pascal pascale
    patrice patricia patrick paul pauline philippe pierre quentin rachel raphael raymond regis remi rene
    robert robin roger roland romain sabine sabrina samuel sandra sandrine sarah sebastien serge
    severine simon simone soazig solene sophie stephane stephanie suzanne sylvain sylvie theo thibault
    thierry thomas tristan ulysse valentin valerie vanessa veronique victor vincent virginie xavier yann
    yannick yasmina yves yvette yvonne zoe
    """
)

# Words with a capital that may stand right before or after a name without being part of it.
MAY_PRECEDE = word_set(
    """
    scop scic cae sarl sas sa la le les l de d du des a au aux chez avec pour par dans et ou en
    cooperative cooperatives societe groupe boutique depuis sur selon entre que qu elle elles il ils si
    quand mais comme sans tous toutes ici
    """
)

MAY_FOLLOW = word_set(
    """
    scop scic cae sarl sas sa cooperative le la les l et ou a de du des en dans
    """
)

# Small words after « la coopérative » that end like no adjective and are no name either.
NOT_NAMES = word_set(
    """
    qui aussi ici ainsi lui non bien selon environ enfin afin peu parmi celui loin combien bio web pro
    solo auto audio radio design open multi-métiers juin avril août fin début demain un moi soi nul seul
    pionnier familial local car hier soon main hors sinon pourquoi quoi jusqu lorsqu quelqu déjà voilà
    créé né installé basé fondé employé voulu reconnu connu devenu issu parti réuni fourni choisi
    garanti fini permis porté soutenu accompagné
    """
)

# Small adjectives that close a name: « La Ferme solidaire », « Mosellement bon ».
NAME_ADJECTIVES = word_set(
    """
    bleu bleue bleus bleues vert verte verts vertes rouge rouges blanc blanche noir noire jaune rose gris
    grise doré dorée orange libre libres solidaire solidaires citoyen citoyenne citoyens citoyennes paysan
    paysanne paysans paysannes populaire populaires partagé partagée partagés partagées commun commune
    communs communes bon bonne bons bonnes beau belle durable durables vivant vivante vivants sauvage
    sauvages social sociale ouvrier ouvrière ouvriers ouvrières joyeux joyeuse heureux heureuse perché
    perchée volant volante volants nomade nomades ambulant ambulante sonore sonores mobile mobiles léger
    légère fou folle malin maline maligne collectif collective collectifs participatif participative
    """
)

# Trades that open a name and take an adjective: « Ferme jurassienne »; those in « -erie » need no list.
TRADES = word_set(
    """
    ferme fabrique manufacture compagnie maison cave atelier ateliers fournil jardin jardins cantine
    epicerie garage filature forge moulin verger vergers moissons cuisine cuisines energies energie
    transports coursiers livreurs taxis ambulances bois couverture charpente mecanique fonderie
    """
)

# A co-op may be called « octobre » and write it so.
MONTHS = word_set("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre")
