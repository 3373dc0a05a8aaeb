"""Is this a person, and a woman? First names that are common in France, by what they usually tell."""

from typing import Final

_WOMEN: Final = """
Adèle Agathe Agnès Alexandra Alice Alicia Aline Amandine Amélie Anaïs Andréa Angélique Anna Anne Annick
Annie Ariane Armelle Assia Astrid Aude Audrey Aurélie Aurore Axelle Barbara Béatrice Bénédicte
Bernadette Blandine Brigitte Camille Carine Carole Caroline Catherine Cécile Céline Chantal Charlène
Charlotte Chloé Christelle Christiane Christine Claire Clara Clarisse Claudine Clémence Clémentine
Clotilde Colette Constance Coralie Corinne Cyrielle Danielle Daphné Delphine Denise Diane Dominique
Dorothée Édith Elena Élisa Élisabeth Élise Élodie Éloïse Emma Emmanuelle Emilie Émilie Estelle Esther
Eugénie Eva Évelyne Fabienne Fanny Farida Fatiha Fatima Fatou Flavie Flora Florence Florine France
Françoise Frédérique Gaëlle Geneviève Ghislaine Gisèle Hélène Héloïse Huguette Inès Irène Isabelle
Jacqueline Jade Janine Jeanne Jeannine Jennifer Jessica Joanna Jocelyne Joëlle Josette Josiane Judith
Julia Julie Juliette Justine Karima Karine Khadija Laetitia Laëtitia Laura Laure Laurence Laurie Léa
Leïla Léna Léonie Liliane Linda Lise Lisa Lola Louise Lucie Lucile Ludivine Luce Lydia Lydie Maëlle
Magali Maïté Malika Manon Margaux Marguerite Maria Marianne Marie Marine Marion Marjorie Marlène Martine
Maryse Mathilde Maud Maude Mélanie Mélissa Michèle Micheline Mireille Monique Morgane Muriel Myriam
Nadège Nadia Nadine Naïma Nathalie Nelly Nicole Nina Noémie Nora Océane Odette Odile Olga Olivia Ophélie
Pascale Patricia Paule Pauline Perrine Rachel Rachida Raphaëlle Raymonde Rébecca Régine Renée Roseline
Roxane Sabine Sabrina Salomé Samia Sandra Sandrine Sarah Ségolène Séverine Simone Solange Solène Sonia
Sophie Stéphanie Suzanne Sylviane Sylvie Tatiana Thérèse Valentine Valérie Vanessa Véronique Victoire
Virginie Viviane Yasmina Yasmine Yolande Yvette Yvonne Zoé Zohra
"""

_MEN: Final = """
Abdel Achille Adama Adrien Ahmed Alain Alban Albert Alexandre Alexis Alfred Ali Amadou Anatole André
Anthony Antoine Antonin Armand Arnaud Arthur Aubin Auguste Augustin Aurélien Aymeric Baptiste Bastien
Benjamin Benoît Bernard Bertrand Boris Brice Bruno Cédric Charles Christian Christophe Claude Clément
Corentin Cyril Cyrille Damien Daniel David Denis Didier Dimitri Édouard Émile Emmanuel Éric Erwan
Étienne Eugène Fabien Fabrice Félix Fernand Florent Florian Francis Franck François Frédéric Gabriel
Gaël Gaëtan Gaston Gautier Georges Gérald Gérard Germain Ghislain Gilbert Gilles Grégoire Grégory
Guillaume Gustave Guy Hakim Hamid Hassan Henri Henry Hervé Hubert Hugo Hugues Ibrahim Ismaël Jacques
Jacky Jean Jérémie Jérémy Jérôme Joachim Joël Johan Jonathan Jordan Joseph Jules Julien Karim Kévin
Khalid Lambert Laurent Léo Léon Lilian Lionel Loïc Louis Luc Lucas Lucien Ludovic Malik Mamadou Manuel
Marc Marcel Marius Martial Martin Mathias Mathieu Mathis Matthieu Maurice Max Maxence Maxime Mehdi
Michaël Michel Mickaël Mohamed Mohammed Mourad Mustapha Nabil Nathan Nicolas Noël Norbert Olivier Omar
Oscar Pascal Patrice Patrick Paul Philippe Pierre Quentin Rachid Raoul Raphaël Raymond Régis Rémi Rémy
Renaud René Richard Robert Robin Rodolphe Roger Roland Romain Rory Salim Samir Samuel Sébastien Serge
Simon Stanislas Stéphane Steve Sylvain Théo Théodore Thibault Thibaut Thierry Thomas Timothée Tom Tony
Tristan Ugo Valentin Valère Victor Vincent Virgile Vivien William Xavier Yann Yannick Yassine Yohan
Youssef Yvan Yves Yvon Zacharie
"""


WOMEN: Final = frozenset(_WOMEN.split())
MEN: Final = frozenset(_MEN.split())
_EITHER: Final = frozenset(("Camille", "Dominique", "Claude", "France", "Andréa"))


def is_woman(name: str) -> bool | None:
    """Say whether a person's first name is a woman's, ``None`` where it does not tell.

    >>> is_woman("Marie-Pierre Durand"), is_woman("Paul Petit"), is_woman("Dominique Blanc")
    (True, False, None)
    """
    first = name.split()[0].partition("-")[0] if name.split() else ""
    if first in _EITHER:
        return None
    return True if first in WOMEN else False if first in MEN else None


def is_person(name: str) -> bool:
    """Say whether words in capitals begin with a first name."""
    first = name.split()[0].partition("-")[0] if name.split() else ""
    return first in WOMEN or first in MEN
