"""Which words are no names, of co-ops or at all? Word lists for the co-op rules, folded."""

from archive.parsers.words import word_set

# Words of forms and of law; no name runs over them.
FORMS = word_set(
    """
    scop scops scic scics cae sarl sas sasu eurl scrl sa arl cooperative cooperatives societe hlm
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
    "mon ma mes nos notre tout autre deux trois quatre sept cent sur sous entre autour avec au aux sans vers"
)
# These end a name when they come with a capital; months, days and numbers may be part of one.
NEVER_INSIDE = FUNCTION - word_set(
    """
    de d du des la le les l sur et a en au aux n pour mars mai juin avril janvier dimanche lundi mon ma nos
    tout deux trois quatre cinq six sept huit neuf dix onze pas autre autres
    plus ensemble ici demain autrement ta
    """
)
# Movements, public bodies, banks, schools, the press; and words that only look like names.
OTHERS = word_set(
    """
    bercy matignon elysee annuaire palmares stands creations programme sommaire breves adhesions liste
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
    bruxelles, geneve, barcelone, madrid, bilbao, lisbonne, porto, rome, milan, turin, bologne, berlin,
    hambourg, munich, amsterdam, anvers, liege, namur, charleroi, luxembourg, lausanne, zurich, berne,
    montreal, tunis, alger, dakar, manchester, dublin, athenes, new york, mondragon, catalogne,
    pays basque, wallonie, flandre
    """,
    ",",
)

# A name that begins so is a person.
FIRST_NAMES = word_set(
    """
    abdel abdelkader abdou adele adrien agathe aglae agnes ahmed aicha alain alban albert alex alexandra
    alexandre alexis ali alice aline amandine amel amelie amina aminata amine anais andre angela
    angelique anissa anita anne annie anouk antoine apolline ariane armand armelle arnaud arthur assia
    astrid aude audrey auguste augustin aurelie aurelien awa axel aziz baptiste baptistine barbara
    bastien beatrice benjamin benoit bernard bertille bertrand bilal blandine brigitte bruno camille
    carine carla carole caroline cassandre catherine cecile cedric celine chantal charles charlotte chloe
    chloee christelle christian christine christophe claire clara clarisse claude claudie claudine
    clemence clement clementine colette coralie corentin corinne cyrielle cyril cyrille damien daniel
    danielle dany daphne david davy delphine denis denise diane didier dimitri djamila dolores dominique
    dorian dorothee edith edouard elena eleonore eliane elisa elisabeth elise elodie eloise elsa emeline
    emile emilie emma emmanuel emmanuelle enora enzo erell eric ernest erwan estelle esther etienne
    eugenie eva evelyne fabien fabienne fabiola fabrice fanny farid farida fatiha fatima fatou fernand
    flavie flora florence florent florian fouad francine francis franck francois francoise frederic
    frederique gabriel gael gaelle gaetan gaspard gauthier geoffrey georges georgette geraldine gerard
    germain ghislaine gilbert gilberte gilles ginette gisele gregoire gregory guillaume gurvan gustave
    guy gwenael gwenaelle gwendal gwenola hadrien hakim hamid hamza hassan hassiba hector helene heloise
    henri herve honorine hortense hubert hugo ibrahim idir idriss igor ines ingrid irene isabelle ismael
    ivan jacqueline jacques jamel jamila janine jean jeanne jeremie jeremy jerome jessica joachim joanna
    jocelyn jocelyne joel joelle johan jonas jonathan jordan joseph josephine josette josiane juan judith
    jules julia julie julien juliette justine kader kamel karim karima karine katia kevin khadija khaled
    kheira khider klervi laetitia lamia latifa laura laure laurence laurent lauriane lea leila lenaig leo
    leonard leonie leopold lila liliane linda lionel lise loan loic lola lorene louis louise luc lucas
    lucie lucien ludivine ludovic lydia lydie madeleine madeline mael maelle maelys magali maiwenn malik
    malika malo mamadou manon manu manuel marc marcel marceline marcelle margaux margot marguerite maria
    marianne marie mariette marilyne marina marine marion marius marjorie marlene marthe martin martine
    mathias mathieu mathilde mathis matteo matthieu maud maurice maxence maxime mehdi mehmet melanie
    melissa michel michele michelle mickael mila milena mireille mohamed mohammed mona monica monique
    morgan morgane mouna mounir mourad moussa muriel mustapha myriam nabil nabila nacer nadege nadia
    nadine nadir naima najat nassim nassima natacha nathalie nawal nelly nelson nicolas nicole nina
    noemie nolan nolwenn nora norbert nordine oceane octave odette odile olivia olivier omar oscar
    ousmane pablo paola pascal pascale patrice patricia patrick patxi paul pauline perrine philippe
    pierre pierrick prosper quentin rachel rachid rachida rania raphael raymond rebecca reda regine regis
    remi renaud rene renee richard robert robin rodolphe roger roland romain ronan rosalie roselyne
    rozenn rudy sabine sabrina said salah salim salima salome sami samia samir samira samuel sandra
    sandrine sandy sara sarah sebastien sebastienne selma serge severine simon simone soazig sofia
    sofiane soizic solange solene sonia sophie soraya souad stephane stephanie suzanne suzie sylvain
    sylvette sylviane sylvie tanguy tania tarik teddy teo theo theodore theophile therese thibault
    thierry thomas timothee titouan tom tristan tugdual ulysse ursula valentin valentine valerie vanessa
    vera veronique victor vincent virginie viviane vladimir walter wilfried william xavier yacine yael
    yann yannick yasmina yasmine yoann yohan yohann yolande youcef youenn youssef yvan yves yvette yvonne
    zelie zineb zoe zohra
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
    grise doré dorée orange libre libres solidaire solidaires citoyen citoyenne citoyens citoyennes
    paysan paysanne paysans paysannes populaire populaires partagé partagée partagés partagées commun
    commune communs communes bon bonne bons bonnes beau belle durable durables vivant vivante vivants
    sauvage sauvages social sociale ouvrier ouvrière ouvriers ouvrières joyeux joyeuse heureux heureuse
    perché perchée volant volante volants nomade nomades ambulant ambulante sonore sonores mobile mobiles
    léger légère rebelle rebelles vertical verticale fou folle malin maline maligne collectif collective
    collectifs participatif participative
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

# What a heading says of the co-op that it names: « Présentation d'Alma », « Portrait de Brio ».
HEADS = word_set("presentation portrait interview histoire naissance creation visite temoignage exemple")

# In a heading in capitals the verb has them too: « LA SCOP ALMA RECRUTE ».
SHOUTED_VERBS = word_set(
    """
    recrute recrutent fete fetent ouvre ouvrent lance lancent embauche reprend rachete inaugure devient
    organise propose cherche demenage remporte recoit passe change souffle grandit investit
    """
)
