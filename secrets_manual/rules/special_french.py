"""What looks special in French: the basics. Flat text: lower case, no accents."""

from typing import Final

HARMLESS: Final = (
    r"enceintes? (?:bluetooth|sonos|acoustiques?|sans fil|connectees?)|souffre de (?:la (?:concurrence"
    r"|crise)|retards?)",
    r"appellation d'origine|d'origine (?:controlee|protegee)|syndicat d'initiative|dieu merci|operation portes",
    r"maitresse de maison|maitre d'hotel|parti pris",
    r"(?:passionnee?s? de|aime(?:nt|r)? la|faire de la|fait de la|font de la|planche a|bateaux? a"
    r"|ecole de|club de|mettre les) voiles?\b",
    r"l'eglise (?:en face|d'a cote|du coin)|livre(?:nt|r)? (?:l'hopital|la prison|l'eglise|les hopitaux)",
)

SPECIAL: Final[dict[str, tuple[str, ...]]] = {
    "health": (
        r"cancers?\b|tumeur|chimio|avc\b|infarctus|crise cardiaque|epileps|epilept|depressi|deprime|angoisse"
        r"|malad(?:e|es|ie|ies)\b|arret (?:maladie|de travail)|hospitalis|a l'hopital|a ete opere|operee?\b"
        r"|operation (?:du|de la|des|a)\b",
        r"enceinte\b|fausse couche|avortement|ivg\b|fiv\b|menopause|conge maternite|attend (?:un (?:bebe|enfant)"
        r"|des jumeaux)",
        r"handicap|fauteuil roulant|aveugle\b|malvoyant|sourde?\b|malentendant|begaie|alcooli|ne boit plus"
        r"|toxicoman|drogue|desintox|anorexi|boulimi|demence|sclerose|arthrite|arthrose|rhumatism|seropositi|vih\b"
        r"|sida\b|hepatite|greffe d[ue]|medicament|souffre (?:de|d')|diagnostique|mal (?:de|au) dos|coeliaque"
        r"|intoleran(?:t|te|ce) au|obesite|son medecin|hernie|diabetique|asthmatique|allergi|cardiaque|psychiatre"
        r"|psychologue|sous traitement",
        r"(?:perd|perdu|perdre|perte de) (?:la vue|l'ouie|la memoire|l'usage|la tete|ses cheveux|sa voix"
        r"|un oeil|une (?:jambe"
        r"|main)|un (?:bras|doigt|bebe|rein))|en arret (?:depuis|jusqu|pour|a cause)|(?:n'entend|ne voit"
        r"|ne marche|ne dort"
        r"|ne mange|ne sent) (?:plus|presque plus|que d'un)|essouffle|mis fin a ses jours|suicid"
        r"|en cure (?:de|pour|therm)"
        r"|sobre depuis|depuis (?:son|sa|l') ?(?:accident|chute|operation)|rechute|remission|soignee? pour"
        r"|suivie? par un"
        r"|anxiolyt|antidouleur|morphine|comprimes|somnifere|insuline|fecondation|essaie d'avoir un|burn-?out"
        r"|pacemaker|prothese|bequille|boite depuis|parkinson|alzheimer|vertiges|tremble|dialyse|cirrhose"
        r"|asthme|migraine",
    ),
    "religion": (
        r"(?:a|va|vont) (?:\w+ )?(?:la messe|l'eglise|la mosquee|la synagogue|au temple)|la messe\b|catholi"
        r"|protestant|musulman|juif\b|juive\b|juifs\b|judaisme|hindou|bouddhis|pratiquante?\b|croyante?\b|pieux"
        r"|pieuse|prie\b|prieres?\b|careme|coran\b|bapti[sz]|bapteme|premiere communion|athee\b|mosquee|synagogue"
        r"|pelerinage|temoins? de jehovah|hall?al|casher|shabbat|voilee?\b|sa foi\b|la foi\b|religi(?:on|eux|euse)"
        r"|en dieu\b|fait (?:le )?ramadan|pretre\b",
        r"(?:mange|mangent) pas de (?:porc|viande le vendredi)|porte (?:le|un) (?:voile|foulard|kippa|turban)"
        r"|kippa|pelerin"
        r"|bonne soeur|moine\b|evangelique|pasteur|imam\b|rabbin|communion|catechisme|chante a l'eglise"
        r"|franc-macon|laique",
    ),
    "politics": (
        r"vot(?:e|ent|ait|er) (?:\w+ )?(?:a gauche|a droite|rn\b|ps\b|lr\b|lfi\b|verts?\b|ecolo|socialiste"
        r"|communiste|pour)|a vote (?:\w+)|parti (?:socialiste|communiste|republicain|radical|politique|ecologiste)"
        r"|(?:extreme|ultra)[- ]?(?:droite|gauche)|(?:est|tres|plutot|homme|femme) (?:de|a) (?:gauche|droite)\b"
        r"|milite\b|militante?\b|gilets? jaunes?\b|front national|rassemblement national|insoumis|gaullist"
        r"|(?:deteste|adore|soutient|contre|hait) (?:macron|le pen|melenchon|zemmour|le gouvernement"
        r"|le president|la gauche"
        r"|la droite|l'immigration)|trop d'etrangers|le pen\b|zemmour|colle des affiches|encarte"
        r"|adherente? (?:au|du|a la|des)"
        r"|candidate? (?:aux|a la mairie)|depute|anarchiste|referendum"
        r"|royaliste|conseiller municipal|conseillere municipale|elu municipal|opinions? politiques?|manif\b"
        r"|manifeste contre|communiste|socialiste|melenchon|macroniste",
    ),
    "sex life": (
        r"homosexuel|gai\b et|lesbienne|bisexuel|transgenre|sexuel|amante?\b|maitresse\b|trompe (?:son|sa)\b"
        r"|\bil (?:\w+ ){1,3}avec son (?:mari|copain|compagnon|ami)\b|elle (?:\w+ ){1,3}avec sa (?:femme"
        r"|copine|compagne)\b"
        r"|son amant|change de sexe|ne[e]? (?:fille|garcon)\b|sites? de rencontres?"
        r"|infidele|adultere|liaison avec|couche avec|coming[- ]out|couple libre|libertin|prostitu",
    ),
    "ethnicity": (
        r"d'origine (?!d)\w+(?:ien|ienne|ain|aine|ois|oise|ais|aise|que|ane|an|iste|ole|eque|gne|arabe|turc)\b"
        r"|issue? de l'immigration|immigree?s?\b|refugiee?s?\b|sans[- ]papiers|couleur de (?:sa |la )?peau"
        r"|peau noire|tsigane|gitane?s?\b|metisse?\b|kabyle|berbere|maghrebin|racines \w+(?:iennes|aines|oises"
        r"|aises)|ethnique|racis",
        r"(?:parents|pere|mere|famille|grands?-\w+) (?:\w+ ){0,2}(?:venue?s?|arrivee?s?|originaires?|viennent"
        r"|vient) (?:d'|de |du"
        r" )(?!la |l'|bretagne|paris|lyon|normandie)|nee? (?:en|au|a) (?:algerie|maroc|tunisie|senegal|mali"
        r"|turquie|congo|vietnam"
        r"|cameroun|alger|oran|dakar|haiti)|pieds?-noirs?|harki|vraie? origine|antisemit|deportee?s?\b",
    ),
    "union": (
        r"syndi(?:cat|que|quee|cal|cale|caliste)\b|cgt\b|cfdt\b|deleguee? (?:du personnel|syndicale?)|greviste"
        r"|\bfo\b|piquet|representante? du personnel|deleguee? (?:cgt|cfdt|fo)|prud'hom|debraya"
        r"|(?:fait|mene|mener|lance|vote) (?:la |une )?greve|la greve\b|en greve|comite d'entreprise",
    ),
    "biometrics": (
        r"empreintes? (?:digitales?|genetiques?)|reconnaissance (?:faciale|vocale|de l'iris)|adn\b|test genetique"
        r"|genetique",
    ),
    "criminal record": (
        r"en prison|de (?:la )?prison|condamnee?\b|casier judiciaire|casier charge|garde a vue|avec sursis|incarcer"
        r"|detenu\b|ex-detenu|mise? en examen|bracelet electronique|liberation conditionnelle|vol a l'etalage"
        r"|escroquerie|fraude fiscale|tribunal correctionnel|delinquant|permis (?:retire|suspendu)"
        r"|a (?:vole|frappe|poignarde|escroque)\b|trafic de|violences conjugales|(?:alcool|ivresse"
        r"|ivre) au volant|proces pour"
        r"|plainte contre (?:lui|elle)|sorti de prison|travail au noir|fiche s\b|au tribunal pour|bagarre"
        r"|retrait de permis|arretee? (?:par la police|pour)",
    ),
}
