"""What looks special in German: the basics. Flat text: lower case, umlauts without their dots, ss for ß."""

from typing import Final

COUNTRIES: Final = (
    r"(?:der )?(?:turkei|syrien|iran|irak|afghanistan|polen|russland|ukraine|kasachstan|rumanien|bulgarien|kosovo"
    r"|albanien|bosnien|serbien|kroatien|griechenland|italien|spanien|portugal|marokko|algerien|tunesien|agypten"
    r"|libanon|eritrea|somalia|nigeria|ghana|vietnam|china|korea|indien|pakistan|sri lanka)"
)

HARMLESS: Final = (
    r"leidet (?:an|unter) (?:der konkurrenz|dem wettbewerb|den (?:preisen|mieten|kosten)|dem wetter|lieferproblemen)",
    r"kirch(?:strasse|platz|weg|gasse|turm)|gott sei dank|suchtig nach (?:kaffee|schokolade|lakritz)",
    r"krankenhaus(?:kuche|kantine)|stamm(?:kunde|gast|tisch)\w*|betrug die|haftpflicht|haftung|haftet",
)

SPECIAL: Final[dict[str, tuple[str, ...]]] = {
    "health": (
        r"krebs\b|krebskrank|hautkrebs|brustkrebs|lungenkrebs|zuckerkrank|zucker hat|schlaganfall|herz(?:infarkt"
        r"|krank|fehler|-?op\b|problem|schrittmacher)|bluthochdruck|migrane|laktoseintoleran|zoliakie"
        r"|glutenunvertraglich|heuschnupfen",
        r"depressi|angst(?:storung|zustand|attacke)|panikattack|zwangsstorung|nervenzusammenbruch|psychisch"
        r"|psychotherap|therapeut|in (?:der )?(?:reha|kur|therapie|klinik)\b|reha\b|essstorung|magersucht"
        r"|selbstmord|suizid",
        r"krank\b|kranke[rsn]?\b|erkrank|krankheit|krankgeschrieben|krankschreib|krankenstand|todkrank|schwerkrank"
        r"|(?:im|ins|aus dem) krankenhaus|arbeitsunfahig|gesundheitlich",
        r"operiert|operation am|(?:knie|huft|rucken|herz|augen)-?(?:op|operation)\b|bandscheibe|rucken(?:schmerz"
        r"|leiden|probleme)|arthrose|gicht\b|rheuma|gebrochene[snr]? (?:bein|arm|hufte|fuss)|(?:bein|arm"
        r"|hufte) gebrochen|kunstliche hufte",
        r"schwanger|fehlgeburt|abtreibung|wechseljahre|kinderwunsch|kunstliche befruchtung|mutterschutz"
        r"|erwartet (?:ein kind|zwillinge|nachwuchs|ihr)",
        r"behinder(?:t|ung)|schwerbehindert|rollstuhl|gehbehindert|sehbehindert|erblind|taub\b|gehorlos|schwerhorig"
        r"|horgerat|stottert|legasthen|adhs\b|demenz|multiple sklerose|hat ms\b|dialyse|nierenkrank|ubergewicht"
        r"|medikament|tabletten\b",
        r"alkohol(?:iker|krank|problem|suchtig|sucht)|trinkt zu viel|trockener? alkohol|tablettensucht|drogen"
        r"|spielsucht|entzug\b|leidet (?:an|unter)|diagnostiziert|diagnose\b|(?:sein|ihr|der) arzt|blutdruck"
        r"|hat (?:es )?(?:am|mit dem) herzen",
    ),
    "religion": (
        r"(?:in die|zur|aus der|in der) kirche\b|kirchenchor|kirchgang|kirchlich|kirchengemeinde|kirchenaustritt"
        r"|gottesdienst|evangelisch|katholi|protestant|freikirch|zeugen? jehovas|moslem|muslim|juden?\b|judin"
        r"|judisch|moschee|synagoge",
        r"betet\b|gebete?\b|glaubig|(?:streng)?fromm|strengglaubig|an gott\b|fastet|fastenzeit|bibel|koran"
        r"|konfession|konfirm(?:iert|ation)|kommunion|firmung|taufe|getauft|atheist|pfarrer|messdiener|pilger(?:t"
        r"|reise|fahrt)|kopftuch|koscher|sabbat|religios|buddhist|hinduist|nonne\b|pastorin?\b",
    ),
    "politics": (
        r"wahlt (?:\w+ ){0,3}(?:spd|cdu|csu|fdp|afd|bsw|grunen?|linken?|links|rechts|sozial\w*)\b|bsw\b"
        r"|parteimitglied|partei(?:buch|freund|tag|genoss)|in der partei\b|(?:bei|fur|mit) (?:den|die) (?:grunen"
        r"|linken)\b|die linke\b|kandidiert",
        r"gemeinderat|stadtrat|kreistag|bundestag|landtag|politisch|politiker|sozialist|kommunist|sozialdemokrat"
        r"|christdemokrat|(?:links|rechts)(?:extrem|radikal|aussen)|querdenker|reichsburger|demonstriert|auf (?:der"
        r"|die|eine) demo\b",
    ),
    "sex life": (
        r"schwuler?\b|schwul|lesbisch|lesbe\b|homosexu|bisexu|transsexu|transfrau|transmann|sexuell|sexual|geoutet",
        r"affare\b|geht fremd|fremdgegangen|fremdgeh|betrugt (?:seine|ihren)|geliebte[rn]?\b|seitensprung|bordell"
        r"|prostituiert|offene (?:ehe|beziehung)|gleichgeschlechtlich|(?:mit|und) (?:seinem (?:ehe)?mann"
        r"|ihrer (?:ehe)?frau)\b|lebt mit (?:seinem freund|ihrer freundin)",
    ),
    "ethnicity": (
        r"migrationshintergrund|\w+(?:ische[rnms]?|schen?) (?:herkunft|wurzeln|abstammung)|wurzeln in (?!der\b"
        rf"|dem\b|hier)|stamm(?:t|en) aus {COUNTRIES}|eltern (?:kommen|kamen) aus {COUNTRIES}"
        rf"|aus {COUNTRIES} (?:geflohen|gefluchtet)",
        r"fluchtling|gefluchtet|geflohen|asyl\b|asylbewerber|hautfarbe|dunkelhautig|zigeuner|aussiedler"
        r"|gastarbeiter|kurd(?:e|in|isch)\b|ethnisch|rassis",
    ),
    "union": (
        r"gewerkschaft|betriebsrat|personalrat|vertrauensmann|(?:bei|mit|fur|in der) ver\.?di\b|ver\.?di-"
        r"|tarifkommission|hat gestreikt|im streik|streikposten|streikt mit|streikkasse",
    ),
    "biometrics": (r"fingerabdr|gesichts(?:erkennung|scan)|stimmerkennung|netzhaut|gentest|erbkrank|gendefekt|erbgut",),
    "criminal record": (
        r"gefangnis|knast|in haft\b|haft(?:strafe|befehl|anstalt|entlassung)|u-haft|untersuchungshaft|vorbestraft"
        r"|vorstrafe|verurteilt|(?:auf|zur) bewahrung|bewahrungsstrafe|verhaftet|festgenommen|straftat|straftater"
        r"|angeklagt|strafbefehl",
        r"strafverfahren|steuerhinterzieh|wegen (?:\w+ )?(?:betrug|diebstahl|korperverletzung|unterschlagung"
        r"|steuer\w*|drogen)|fuhrerschein (?:weg|verloren|abgegeben|los|abgenommen)|fuhrerscheinentzug"
        r"|ermittel\w* gegen|ermittlungsverfahren|staatsanwalt|fussfessel|sozialstunden|hausdurchsuchung",
    ),
}
