"""What the invented studies of the tests' reports say, in French and in English: sentences with places for chosen words."""

from __future__ import annotations

from dataclasses import dataclass

BIAS = ("low", "some", "high")
NAMES = ["Abadie", "Benali", "Castel", "Dumas", "Eriksen", "Fabre", "Girard", "Haas", "Iversen", "Jansen", "Keller", "Lambert", "Moreau", "Novak", "Okafor", "Petit", "Quintero", "Rossi", "Sato", "Tremblay", "Ueda", "Vidal", "Weber", "Xu", "Yilmaz", "Zeller", "Ålund", "Brzeziński", "O’Brien", "Nguyễn"]  # fmt: skip
GIVEN = [
    "Anne",
    "Boris",
    "Clara",
    "David",
    "Emma",
    "Farid",
    "Greta",
    "Hugo",
    "Inès",
    "Jonas",
    "Karin",
    "Louis",
    "Marta",
    "Nadia",
    "Omar",
    "Paula",
    "Quentin",
    "Rita",
    "Sven",
    "Theo",
]
TOPIC = ("sleep hygiene", "paced breathing", "aerobic walking", "light therapy", "cognitive restructuring", "warm footbaths",
         "tai chi", "music at bedtime", "yoga nidra", "caffeine restriction")  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The words of the reports in one language."""

    title: str
    introduction: str
    sections: tuple[str, ...]
    fields: dict[str, str]
    bias: tuple[str, str, str]
    designs: tuple[str, ...]
    countries: tuple[str, ...]
    treatments: tuple[str, ...]
    compared: tuple[str, ...]
    settings: tuple[str, ...]
    groups: tuple[str, ...]
    outcomes: tuple[str, ...]
    harms: tuple[str, ...]
    limits: tuple[str, ...]
    finds: tuple[str, ...]
    funds: tuple[str, ...]
    duplicates: str
    reasons: tuple[str, str]
    themes: dict[str, str]
    weeks: str
    years: str
    parts: dict[str, str]


FR = Words(
    title="Mieux dormir sans médicament",
    introduction="L’insomnie touche un adulte sur dix. Ce rapport réunit {n} études inventées pour les tests, lues avec le même\n"
    "  formulaire ; le [@tab:characteristics] les décrit.",
    sections=("Référence", "Méthode", "Participants", "Intervention", "Résultats", "Risque de biais", "Remarques"),
    fields={"plan": "Plan de l’étude", "cadre": "Cadre", "pays": "Pays", "debut": "Début", "duree": "Durée du suivi",
            "effectif": "Participants", "age": "Âge moyen", "femmes": "Part des femmes", "diagnostic": "Critères d’inclusion",
            "intervention": "Intervention", "seances": "Séances par semaine", "comparateur": "Comparateur",
            "critere": "Critère principal", "effet": "Différence moyenne standardisée", "indesirables": "Effets indésirables",
            "tirage": "Tirage au sort", "ecarts": "Écarts à l’intervention prévue", "perdus": "Données manquantes",
            "mesure": "Mesure du critère", "rapport": "Choix des résultats rapportés", "financement": "Financement",
            "limites": "Limites", "constats": "Constats", "question": "Question"},
    bias=("Faible", "Incertain", "Élevé"),
    designs=("Essai randomisé", "Essai randomisé en grappes", "Essai croisé", "Cohorte", "Étude avant-après"),
    countries=("France", "Belgique", "Canada", "Japon", "Allemagne", "Brésil", "Norvège", "Suisse"),
    treatments=("hygiène du sommeil", "respiration lente", "marche quotidienne", "luminothérapie du matin", "bains de pieds tièdes",
                "tai-chi", "musique au coucher", "restriction de la caféine", "restructuration cognitive"),
    compared=("liste d’attente", "brochure d’information", "soins habituels", "relaxation seule"),
    settings=("deux centres du sommeil d’un hôpital universitaire", "quatre cabinets de médecine générale", "un service de santé au travail",
              "une maison de retraite et son accueil de jour", "une plateforme en ligne ouverte à tous"),
    groups=("adultes de 18 à 65 ans dont l’insomnie dure depuis plus de trois mois", "personnes de plus de 60 ans vivant à domicile",
            "infirmières et infirmiers travaillant de nuit", "étudiantes et étudiants en première année"),
    outcomes=("Index de sévérité de l’insomnie à huit semaines", "Latence d’endormissement mesurée par actimétrie",
              "Efficacité du sommeil d’après un agenda tenu quatorze jours", "Score de Pittsburgh à la fin du suivi"),
    harms=("Somnolence passagère chez trois personnes.", "Maux de tête la première semaine, sans arrêt du traitement.",
           "Aucun effet grave n’est signalé.", "Une chute, sans lien établi avec l’intervention."),
    limits=("Les participants savaient quel groupe leur avait été attribué.", "Un tiers des agendas du sommeil n’a pas été rendu.",
            "L’effectif prévu par le protocole n’a pas été atteint.", "Le suivi s’arrête avant trois mois.",
            "Le financeur a relu le manuscrit avant sa soumission."),
    finds=("L’effet tient encore six mois après la fin des séances.", "Le gain est plus net chez les plus de 60 ans.",
           "La moitié des participants dit avoir continué seule.", "Le sommeil mesuré change moins que le sommeil ressenti.",
           "Les séances à distance valent les séances sur place.", "L’adhésion baisse après la troisième semaine."),
    duplicates="doublons", reasons=("autre population", "autre critère de jugement"),
    funds=("Fonds public de recherche", "Fondation privée", "Sans financement", "Fabricant du dispositif"),
    themes={"aveugle": "Absence d’aveugle", "perdus": "Données perdues", "puissance": "Manque de puissance",
            "suivi": "Suivi court", "interets": "Conflits d’intérêts", "age": "Effet de l’âge", "distance": "Séances à distance"},
    weeks="semaines", years="ans",
    parts={"studies": "Les études", "bias": "Risque de biais", "found": "Ce que disent les études", "more": "Vue d’ensemble"},
)  # fmt: skip
EN = Words(
    title="Better sleep without drugs",
    introduction="One adult in ten sleeps badly. This report brings together {n} studies, invented for the tests, read with the same\n"
    "  form; [@tab:characteristics] describes them.",
    sections=("Reference", "Methods", "Participants", "Intervention", "Outcomes", "Risk of bias", "Notes"),
    fields={"plan": "Design", "cadre": "Setting", "pays": "Country", "debut": "Start", "duree": "Length of follow-up",
            "effectif": "Participants", "age": "Mean age", "femmes": "Share of women", "diagnostic": "Inclusion criteria",
            "intervention": "Intervention", "seances": "Sessions a week", "comparateur": "Comparator",
            "critere": "Primary outcome", "effet": "Standardised mean difference", "indesirables": "Harms",
            "tirage": "Randomisation process", "ecarts": "Deviations from intended interventions", "perdus": "Missing outcome data",
            "mesure": "Measurement of the outcome", "rapport": "Selection of the reported result", "financement": "Funding",
            "limites": "Limitations", "constats": "Findings", "question": "Question"},
    bias=("Low", "Some concerns", "High"),
    designs=("Randomised trial", "Cluster-randomised trial", "Crossover trial", "Cohort study", "Before-after study"),
    countries=("France", "Belgium", "Canada", "Japan", "Germany", "Brazil", "Norway", "Switzerland"),
    treatments=("sleep hygiene", "paced breathing", "a daily walk", "morning light", "warm footbaths", "tai chi", "music at bedtime",
                "less caffeine", "cognitive restructuring"),
    compared=("waiting list", "information leaflet", "usual care", "relaxation alone"),
    settings=("two sleep centres of a university hospital", "four general practices", "an occupational health service",
              "a nursing home and its day centre", "an online platform open to all"),
    groups=("adults aged 18 to 65 whose insomnia had lasted for more than three months", "people over 60 who live at home",
            "nurses who work at night", "first-year students"),
    outcomes=("Insomnia Severity Index at eight weeks", "Sleep onset latency measured by actigraphy",
              "Sleep efficiency from a fourteen-day diary", "Pittsburgh score at the end of follow-up"),
    harms=("Passing drowsiness in three people.", "Headaches in the first week; nobody stopped.", "No serious harm is reported.",
           "One fall, not shown to be due to the intervention."),
    limits=("Participants knew which group they were in.", "A third of the sleep diaries never came back.",
            "The planned sample size was not reached.", "Follow-up ends before three months.",
            "The sponsor read the manuscript before it was submitted."),
    finds=("The effect still holds six months after the last session.", "The gain is clearer in people over 60.",
           "Half of the participants say that they went on alone.", "Measured sleep changes less than felt sleep.",
           "Remote sessions do as well as those on site.", "Adherence falls after the third week."),
    duplicates="duplicates", reasons=("other population", "other outcome"),
    funds=("Public research fund", "Private foundation", "Unfunded", "Maker of the device"),
    themes={"aveugle": "No blinding", "perdus": "Lost data", "puissance": "Lack of power", "suivi": "Short follow-up",
            "interets": "Conflicts of interest", "age": "Effect of age", "distance": "Remote sessions"},
    weeks="weeks", years="years",
    parts={"studies": "The studies", "bias": "Risk of bias", "found": "What the studies say", "more": "Overview"},
)  # fmt: skip
WORDS = {"fr": FR, "en": EN}
LIMIT_THEMES = ("aveugle", "perdus", "puissance", "suivi", "interets")
"""The theme of each of `limits`."""
FIND_THEMES = ("suivi", "age", "", "", "distance", "perdus")
"""The theme of each of `finds`; empty for none."""
