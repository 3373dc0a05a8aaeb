"""Which communes bear the name of something else as well? Folded lists for the commune rules."""

from archive.parsers.words import word_set

# Regions, countries, saints' days and words that are communes as well; only a postal code makes them one.
NEVER = word_set(
    """
    bretagne, normandie, alsace, lorraine, aquitaine, limousin, auvergne, bourgogne, champagne,
    picardie, provence, corse, roussillon, beauce, perche, touraine, anjou, poitou, france, vendee,
    isere, savoie, europe, saint laurent du maroni, ile de france, france services, noel, la reunion,
    reunion, la chapelle, la republique, republique, le travail, la place, la ferme, montreal, la
    france, la bretagne, la loire, loire, la scop, internet, bio, coop, le mouvement, mars, mai, avril,
    juillet, octobre, avec, oust, us, uns, ur, oo, y, o, eu, by, is, la, le, les, bras, contes, cours,
    lire, faire, sari, pas, plats, mer, parties, autre, dieu, messages, assas, celles, ceux, grand,
    petit, sens unique, val de loire, haute, la villette, la defense, saint nicolas, saint
    valentin, la souche, la motte, bastille, vallee, suisse
    """,
    ",",
)

# First words that are never a name by themselves.
NO_SHORT = word_set(
    """
    saint sainte la le les l grand grande petit petite haut haute bas basse vieux neuf mont pont port
    bois val bourg chateau ville villers villiers notre dame croix moulin mas pays ile iles cap roche
    belle bel beau bon bonne gros fort font campagne champ champs chapelle col cour eaux fontaine forges
    marche mesnil moutiers nouveau nouvelle plan plaine pre rue salle salles trois deux quatre tour
    tours vic vieille villa village vallee sept entre sur sous saints union etoile centre garde montagne
    ferme fosse rives terres arc aire ambre annee chemin cours coeur isle lac mur noyer orme puy riviere
    sables
    """
)

# Large communes whose name is a word, a brand or a saint: never without a cue.
NOT_BARE = word_set(
    """
    sens, orange, tours, nice, grasse, vienne, lens, bron, gap, mende, poissy, avion, croix, cognac,
    fontaine, fosses, plaisir, grenade, gaillard, passy, albert, beaumont, beauchamp, chantilly,
    moulins, mayenne, thiers, clermont, mana, sada, vernon, bruges, apt, ifs, revel, maurepas,
    montmorency, persan, verdun, hem, draveil, saint pierre, saint paul, saint louis, saint andre, saint
    benoit, saint joseph, saint martin, saint leu, saint denis, sainte marie, saint francois, elancourt,
    marly, avon, cernay
    """,
    ",",
)

# Communes called by a common noun (« Jury : … »), as a river or as a place abroad (Mondragon): meant only
# where the page or the source points to their department.
COMMON = word_set(
    """
    le palais, le syndicat, le passage, le port, le moule, le marin, le diamant, le monastere, le val,
    le pont, le pin, le plan, le temple, le perrier, le lorrain, le robert, le francois, le tampon, la
    force, la garde, la montagne, la planche, la machine, la sentinelle, la possession, la couture, la
    riche, la trinite, la couronne, la mure, la mole, la terrasse, la madeleine, la roche, la plaine, la
    marne, la capelle, la haye, la palme, la loupe, la flotte, les villages, les forges, les fins, les
    ormes, les portes, les lilas, les arcs, les angles, les bordes, les monts, les mages, les touches,
    les peintures, l epine, l hopital, l union, l horme, l etoile, l aigle, l isle, l echelle, le mas,
    le bourg, le breuil, le buisson, le cendre, le mene, le quartier, bains, forges, fleury, mouvement,
    moutiers, pierre, simple, condom, nouvelle, allemagne, rome, table, vers, lus,
    contre, sur, sainte, saint, esse, ners, rue, mars, prades, plaisance, bonnet, bellevue, montagne,
    prairie, source, sources, salins, beauvoir, chapelle, chaise, la chaise, le crest, la table, la
    salle, la tour, la motte, les salles, les essarts, mondragon,
    allons, armes, bar, bois, bonne, boulot, bourg, branches, breves, bus, camarade, campagne, carnet,
    celle, centres, champs, chance, change, charges, charme, chemin, combles, confort, corps, courant,
    coutures, creuse, cultures, cures, devise, elan, estivaux, faux, feux, fins, force, fosse, four,
    fourneaux, frais, gars, gorges, hommes, jardin, jumelles, jure, jury, lance, lentilles, levier, lies,
    long, maire, maisons, marches, marges, marques, monnaie, monte, mousse, mouton, moyen, mures, murs,
    nuits, paille, parent, pierres, places, planches, poisson, poissons, pont, ponts, port, portes,
    poses, premieres, publier, quarante, racines, rang, real, rives, riviere, rivieres, roche, rocher,
    roches, rouge, salles, salon, seuil, signes, soude, termes, vert, vignes, ville, villes, voisines, vue,
    saone, loue, aube, dives, doubs, allier, indre, gartempe, correze, verdon, durance
    """,
    ",",
)
