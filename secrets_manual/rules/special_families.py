"""Whole families of words at once: endings of illnesses and medicines, parties of many countries, who unites whom.

English, by ground. Flat text.
"""

from typing import Final

from secrets_manual.rules.special_english import BODY, COUNTRIES, KIN, PEOPLES

PARTS: Final = r"(?:fingers?|thumbs?|palms?|hands?|faces?|eyes?|irises|iris|retinas?|voices?|veins?|gait)"
DEVICES: Final = r"(?:door|gate|bank|till|lock|safe|phone|app|system|computer|machine|camera|scanner|reader|turnstile)"
TRADES: Final = (
    r"(?:bakers|drivers|nurses|teachers|miners|dockers|printers|railwaymen|seamen|sailors|cleaners|musicians|actors"
    r"|journalists|writers|farmworkers|steelworkers|metalworkers|textile workers|factory workers|public sector"
    r"|civil servants|doctors|pilots|cabin crew|builders|bricklayers|electricians|engineers|clerks|shop ?workers"
    r"|transport workers|hauliers|warehouse|office|company|staff|employees|workers)"
)

HARMLESS: Final = (
    r"asked where the \w+ (?:is|are) really from|arrested by the (?:view|sight|colou?rs?|smell|beauty|look|light"
    r"|scent)|on trial (?:with|at|basis|until|since)"
    r"|trial (?:period|run|order|box|pack|shift|month)",
    r"signed off (?:on|(?:the|our|this|that|a|all|every) (?:\w+ )?(?:budget|orders?|plans?|quotes?|offer|drawings?"
    r"|designs?|contracts?|invoices?|samples?|project|colou?rs?|proofs?))",
    r"(?:only|first) (?:black|white|brown) (?:van|car|lorry|one|coat|box|bag|door|boat|dog|cat|horse|sheep|shirt"
    r"|dress|suit|frame|model|tile|glaze|label)",
    r"inside for (?:most|the|a) (?:of the )?(?:whole |long )?(?:fair|day|coffee|look|moment|minute|while|winter|show"
    r"|tour|morning|afternoon|week)",
    r"(?:credit|european|customs|currency|soviet|rugby|western|students?'?|postal|building) unions?\b"
    r"|union (?:jack|square|street|station|joint|pipe)",
    r"smokes? (?:salmon|fish|ham|eels?|herrings?|his own (?:fish|ham)|her own (?:fish|ham))|smoke ?house",
    r"(?:diagnos|progno|osmo|metamorpho)[si]s of (?:the|our|his|her) (?:market|business|machine|fault|engine|shop)"
    r"|hypnosis show|(?:by|through) osmosis|aroma\w*|diploma\w*|stamina|panorama\w*",
    r"(?:steward (?:of|for) the (?:estate|wine|ship|land|club|race))|wine steward|ground steward|race steward",
    r"(?:vein|eye|hand|face) (?:of (?:the|marble|gold)|for (?:detail|colou?r|quality|a bargain))",
)

SPECIAL: Final[dict[str, tuple[str, ...]]] = {
    "health": (
        # illnesses and operations by their endings, medicines by theirs
        r"\w{3,}(?:itis|aemia|emia|uria|algia|opathy|plegia|ectomy|ostomy|otomy|oplasty|oscopy|ophrenia|olysis)\b"
        r"|(?:thromb|cirrh|scler|fibr|psych|neur|steat|endometri|tubercul|sarcoid|halit|ankyl)osis"
        r"|(?:melan|carcin|sarc|lymph|myel|gli|aden|haemat|hemat|glauc)oma\b",
        r"\w{3,}(?:cillin|mycin|statin|olol|oxetine|azepam|azolam|prazole|sartan|profen|triptan|gliptin|glutide|zumab"
        r"|tuximab|mumab|codone)\b|(?:metformin|paracetamol|ibuprofen|aspirin|cortisone|morphine|codeine|warfarin"
        r"|heparin|sertraline|citalopram|mirtazapine|tramadol|fentanyl|adderall|concerta)\b",
        r"(?:cardi|neur|derm|ur|gyna?ec|rheumat|gastroenter|ophthalm|nephr|haemat|hemat|immun|endocrin|audi|pulmon"
        r"|proct|path|path|radi)olog(?:ist|y)|orthop|chiropract|osteopath|p(?:a)?ediatric|geriatri|obstetric|midwi"
        r"|podiat|chiropod|speech therap|occupational therap|homeopath|naturopath|acupunctur|a&e\b|icu\b"
        r"|(?:out|in)patient|clinic\b|sanatorium|health (?:resort|cure|scare|insurance refus)",
        r"infusions?\b|(?:box of|takes|his|her|new) medicines?\b|(?:cochlear|dental|hip|breast|lens|knee"
        r"|penile|cardiac)"
        r" implant|\w+leps(?:y|ia)\b|(?:glucose|dextrose) (?:tablets?|gel)|insulin pump"
        rf"|(?:can't|cannot|no longer|hardly) feels? (?:\w+ ){{0,3}}{BODY}\b|(?:his|her|both|one|a) (?:\w+ )?"
        rf"(?:{BODY}|breasts|tonsils|appendix|ovaries|womb|testicle) (?:removed|taken out|out)\b|chest pains?"
        r"|(?:grey|white|blue) in the face|(?:twins|baby|child|little one) (?:is |are )?(?:on the way|due)\b"
        r"|due (?:date|in \w+) with (?:her|their)|expecting (?:again|twins|in|a baby|a child|their)"
        r"|forgets? (?:\w+ ){1,6}(?:worse|often|all the time|lately)\b|blood clots?",
        # smoking, drinking, drugs, weight
        r"(?:chain|heavy|forty-a-day) ?-?smok|smokes? (?:\w+ )?(?:a (?:day|pack|lot)|too much|heavily|again|like"
        r"|weed|pot|cannabis|dope)|(?:gave|given|giving) up (?:smoking|cigarettes|drink|drinking|alcohol)"
        r"|(?:nicotine|smoker's) |coughs?(?:ing)? (?:through|blood|all|up|badly|every|since|a lot)|wheez|snor(?:es"
        r"|ing)"
        r"|(?:smells?|smelt|stinks|reeks) of (?:drink|alcohol|whisky|gin|beer|schnapps)|(?:cocaine|heroin|cannabis"
        r"|marijuana|ketamine|amphetamine|opioid)s?\b|(?:on|tak(?:es?|ing)|took|smok(?:es?|ed|ing)|snort(?:s|ed|ing)"
        r"|addicted to|hooked on|deal(?:s|t|ing)|tried) (?:weed|crack|speed|ecstasy)\b(?! dial| limit)"
        r"|joints? (?:at|after|every)"
        r" |(?:doesn't|does not|stopped|quit|no longer) (?:touch(?:es)? (?:a drop|alcohol)|drink(?:s|ing)?)\b"
        r"(?! (?:coffee|tea|milk|cola|soda))|teetotal|(?:without|not) a drop\b(?! of (?:oil|paint|water))"
        r"|dry (?:since|for (?:ten|two|\w+) years)|aa meeting|twelve step|12[- ]step",
        r"(?:diet|weight)(?: \w+)? (?:pills?|injections?|clinic|jab)|(?:too|very|so|dangerously|getting|got) (?:fat"
        r"|thin|frail|weak|forgetful|deaf|confused)\b|(?:put on|gained|loses?|losing|dropped) (?:a lot of )?weight",
        # being away, being worn out
        r"(?:off|away|out|weeks?|months?)(?: (?:work|for|\w+ weeks|\w+ months))* with (?:stress|his|her|a bad|nerves"
        r"|exhaustion|flu|pneumonia|back|heart)\b|stressed out|exhaust(?:ed|ion)\b(?! (?:pipe|fan|system|the stock))"
        r"|(?:long-term|extended|medical|maternity|compassionate) (?:leave|absence)|reduced hours (?:since"
        r"|for) (?:his"
        r"|her)|phased return|unfit for|early retirement (?:on|for) (?:health|medical)|certified sick",
        # pain and what is done about it
        rf"(?:pain|aches?|stiff(?:ness)?|swelling|swollen|numb(?:ness)?|tingling|cramps?|arthritic|inflamed|infected)"
        rf" (?:in|of|from) (?:his|her|the) {BODY}|(?:swollen|numb|arthritic|inflamed|infected|sprained|twisted|torn"
        rf"|dislocated|pulled|bandaged|missing|prosthetic|titanium) (?:\w+ )?{BODY}\b"
        rf"|{BODY} (?:surgery|operation|replacement|problem|trouble|cancer|disease|infection|injury|specialist|scan)",
        r"(?:waiting|wait list|list|scheduled|booked|due|going|goes|went|in) (?:for|under|into) (?:surgery|theatre|an"
        r" operation|the knife|hospital)|(?:under|after) (?:the )?an?aesthetic|stitches|plaster cast|in a (?:sling"
        r"|cast"
        r"|brace)|(?:knee|back|neck|leg) brace|compression stocking|hospital(?!it)\w*|ward\b (?:for|at)|convalesc"
        r"|recuperat",
        r"(?:her|his|their) (?:condition|disability|diagnosis|illness|relapse|recovery|rehab|surgery|operation"
        r"|medication|medicine|dose|tablets|symptoms?|attacks?|fits?|flare-?ups?|treatment|consultant|carer)\b",
    ),
    "religion": (
        r"converted\b(?= (?:before|for (?:her|his|the wedding|love)|after|when|because|at|in \d|last|from|and|two"
        r"|three"
        r"|\w+ years)|[,.;]|$)|(?:for|on) religious|(?:his|her|their|our|the) (?:church|temple|mosque|congregation"
        r"|creed|prayer|saint|god|gods|lord|guru|rabbi|imam|pastor|priest|parish)\b(?! (?:clock|roof|organ repair))",
        r"(?:easter|midnight|candlemas|whitsun|holy) (?:vigil|service|procession)|pesach|purim|sukkot|holi\b|navratri"
        r"|vesak|corpus christi|ash wednesday|palm sunday|ascension day|ashura|iftar|suhoor|nowruz|lunar fast"
        r"|laylat|janmashtami|vaisakhi|bodhi day|epiphany|novena|retreat (?:at|with|in) (?:the|a) (?:monast|abbey"
        r"|convent|priory)|(?:abbey|monastery|priory)\b(?= (?:for|every|each|to)|[,.;]|$)",
        r"(?:church|cathedral|chapel|abbey) (?:elder|choir|council|group|tax|wedding|member|goer|warden|service"
        r"|organist|bells|every|on sundays)|elder (?:of|at|in) |verger|brethren\b|cantor\b|acolyte|lay preach"
        r"|bell-?ring|curate\b"
        r"|archbishop|pope\b|papal|vatican|ayatollah|mullah|mufti|dalai lama|lama\b|brahmin|swami|yogi\b|shaman",
        r"(?:reads?|quotes?|swears by|studies) (?:the )?(?:bible|scripture|quran|koran|gospels?|psalms?|vedas|gita"
        r"|torah)"
        r"|(?:amen|inshallah|hallelujah|mashallah)\b|grace before|(?:blesses|blessing of)"
        r"|sacrament|eucharist|liturgy|rapture|judgement day|reincarnat|karma\b|chakra|astrolog|horoscope|tarot",
        r"\w*(?:evangeli|ecumenic|protestant|catholi|puritan|huguenot|hutterite|unitarian|zoroastr|jain\b|yazidi"
        r"|alevi"
        r"|sunni|shia|shi'ite|sufi|salafi|hasid|zionis|orthodox)\w*",
    ),
    "politics": (
        r"(?:chair|head|lead|run|found|join|left|fund|support|back|donat|vot|canvass|campaign|stand|stood|work"
        r"|speak)\w*"
        r"(?: (?:for|with|to|the|local|young|town|his|her|our|county|money))* (?:greens|labou?r|conservatives"
        r"|liberals"
        r"|socialists|tories|democrats|republicans|nationalists|independents|social democrats|christian democrats)\b",
        r"the (?:young |local |county |federal )?(?:conservatives|socialists|social democrats|christian democrats"
        r"|liberals"
        r"|nationalists|free democrats)\b|(?:minister|government|chancellor|president|mayor"
        r"|prime minister)s? (?:is |are |was )"
        r"?(?:a |an )?(?:crooks?|liars?|idiots?|fools?|traitors?|disgrace|joke)\b|black bloc|(?:g7|g8|g20)\b|reich\b"
        r"|swastika|hammer and sickle",
        r"(?:the|loony|new|old|whole|political) (?:left|right)\b(?= (?:has|have|is|are|was|were|ruin\w*|wants?|will"
        r"|would|should|can|never|always|does|did|spoil\w*|destroy\w*|wins?|lost|today|here)|[,;])",
        r"(?:podemos|ciudadanos|vox\b|lega\b|fidesz|likud|bjp\b|die linke|bsw\b|bundnis 90|fpo\b|ovp\b|dup\b|sdlp"
        r"|fine gael|fianna fail|fratelli|cinque stelle|syriza|venstre|moderaterna|moms for liberty|proud boys"
        r"|antifa|black lives|blm\b|just stop oil|fridays for future|last generation|reform uk|momentum)",
        # names few others bear, and names many do
        r"(?:modi|xi jinping|lula|bolsonaro|milei|zemmour|weidel|hocke|habeck|kickl|orban|corbyn|obama|desantis"
        r"|melenchon|sarkozy|berlusconi|salvini|kaczynski|badenoch|lukashenko|assad|mao)\b"
        r"(?= (?:fan|supporter|man|woman|voter|hat|cap|poster|flag|sticker|rally)|[,.;]|$| (?:should|is|was|did|has))"
        r"|(?:scholz|merz|wilders|blair|cameron|reagan|bush|clinton|harris|vance|sanders|pence|mccarthy|tusk|truss"
        r"|boris|rutte|castro|chavez) (?:fan|supporter|man|woman|voter|hat|cap|poster|flag|sticker|rally)\b"
        r"|(?:hates|loathes|admires|adores|worships|can't stand|cannot stand|blames|quotes|defends|misses|backs"
        r"|against|fan of|voted for|voting for|votes for) (?:scholz|merz|wilders|blair|cameron|reagan|bush|clinton"
        r"|harris|vance|sanders|pence|tusk|truss|boris|rutte|castro|chavez)\b"
        r"|(?:fan|supporter|admirer|follower|voter) of (?:the )?(?:left|right|president|chancellor|greens|afd)",
        r"(?:his|her|their) (?:ballot|mp|politics|political|activism|constituency|manifesto)\b|constituen"
        r"|manifesto|(?:local|general|european|presidential|council|by-?) ?elections?\b|election (?:night|campaign"
        r"|poster|result|helper)|electora|parliament\w*|senate\b|congress(?:man|woman)|governor\b|lobby(?:ist|ing)"
        r"|political\w*|politic(?:s|ian)\w*|left-?ist|right-?ist|leftie|lefty"
        r"|ultra-?conserv|neo-?(?:nazi|lib|con)|pro-(?:russia|ukrain|israel|palest|brexit|europe|life"
        r"|choice|gun|union)\w*|anti-(?:war|nuclear|immig|capital|fasc|vax|lockdown|government|gun|royal)\w*",
        r"(?:thinks?|says?|believes?|sure|convinced|swears|reckons) (?:that )?(?:climate change|covid|the vaccine"
        r"|the moon"
        r"|migration|immigration|the election|democracy|the state|taxes? (?:is|are) theft)|poll tax|trade deal vote",
        r"(?:demo|protest|rally|sit-?in|blockade|vigil)s?\b(?= (?:against|for|in (?:berlin|london|paris|town)"
        r"|outside|on"
        r" saturday|last|every)|[,.;]|$)|chained (?:himself|herself)|glued (?:himself|herself)",
    ),
    "sex life": (
        r"transition(?:ed|ing)\b(?! (?:to|from|into|towards) (?:the|a|an|our|digital|electric|new|online"
        r"|retirement))",
        r"(?:his|her|their) (?:pronouns|orientation|sexuality|sex life|love life|lovers?|affairs?"
        r"|mistress\w*|escort|flings?|crush|throuple|ex-?(?:boyfriend|girlfriend))\b",
        r"left (?:him|her|his wife|her husband) for (?:\w+ )?(?:another|a younger|an older|a"
        r"|the) (?:\w+ )?(?:wom[ae]n|m[ae]n"
        r"|neighbour|colleague|girl|boy)\b|(?:wife|husband|partner|spouse) (?:must|may|should|does|did)(?: not"
        r"|n't) (?:know"
        r"|find out)|(?:prefers?|likes) the company of (?:m[ae]n|wom[ae]n|boys)\b"
        r"|goes by (?!train|tram|bike|bus|car|boat|foot|plane|air|rail|van)\w+ (?:now|these days)\b",
        r"(?:kisses|kissed|snogged|flirts with (?:men|boys)|slept with|in bed with|shacked up with"
        r"|fooling around with"
        r"|carrying on with|seeing) (?:another|someone|somebody|a|the|his|her|my|our|other) (?:\w+ )?(?:man|woman|men"
        r"|women|boss|colleague|secretary|assistant|client|neighbour|wife|husband|intern|waiter|waitress|pa)\b",
        r"(?:gay|lesbian|queer|pride|drag|fetish|swingers'?|kink) (?:\w+ )?(?:bar|club|choir|couple|wedding|night"
        r"|parade"
        r"|scene|friend|son|daughter|brother|sister|community|flag)|rainbow (?:family|families|pin|badge|lanyard)"
        r"|hookups?|one night stand|sugar dadd|onlyfans|bumble\b|feeld|scruff|ashley madison|celiba|chastity|vasectom"
        r"|contracepti|(?:the|on the|takes the) pill\b|condom|abortion|miscarr|std\b|sti\b|chlamydia|gonorrh",
        r"(?:two|three) (?:women|men|wives|husbands|girlfriends|boyfriends) (?:at|on the go|in)"
        r"|married (?:to )?(?:a man"
        r"|another man) (?:and|but)?(?= he| him|$)|lives (?:together )?with (?:his|her) (?:boy|girl)friend",
        r"\bhe(?:'s| is| was)? married to (?:\w+ )?(?:a man|another man)|\bshe(?:'s| is"
        r"| was)? married to (?:a woman|another"
        r" woman)|(?:likes|loves|dates|fancies|attracted to|into|not into|no interest in) (?:men|women|boys|girls"
        r"|both"
        r"|the same sex|his own sex|her own sex)\b(?!'s| with| who| in)",
    ),
    "ethnicity": (
        r"(?:sephardic|ashkenazic|mizrahi|romaniote)",
        rf"{PEOPLES} by (?:origin|heritage|nationality|background|ancestry|extraction|upbringing|parentage)"
        rf"|(?:of|from) (?:a )?{PEOPLES} (?:home|household|stock|line)\b(?! (?:cooking|cook))|{PEOPLES} (?:family"
        rf"|surname|name|accent)\b(?! (?:firm|business|shop|recipes?|restaurant|for|on the))",
        r"(?:because|since|as|just because|when) (?:he|she|they)(?:'s| is| are| look\w*) (?:black|brown|white"
        r"|foreign|asian"
        r"|arab|african|dark|different|a foreigner)|(?:is|are|was|being|looks|look) (?:black|brown|dark-skinned"
        r"|foreign)"
        r"(?= and|[,.;]|$)|(?:the )?n[- ]word|slurs?\b|monkey noises|go back (?:to where|home)",
        rf"(?:family|parents|grand\w+|mother|father|people|ancestors|forebears|folks|{KIN}) (?:are|is|was|were"
        rf"|come|came"
        rf"|comes|hail\w*|fled|moved)(?: (?:over|here|originally|all|both))? (?:from )?(?:{PEOPLES}|{COUNTRIES})",
        rf"(?:son|daughter|child|children|grandson|granddaughter) of (?:\w+ )?(?:{PEOPLES} )?(?:immigrants|refugees"
        rf"|migrants|settlers|slaves|guest workers|exiles|travellers)|(?:emigrat|immigrat|migrat)\w* from"
        rf"|(?:fled|escaped|exiled)(?: from)? {COUNTRIES}|born (?:in|to) (?:{COUNTRIES}|{PEOPLES} parents)",
        r"(?:dark|light|black|brown|olive|pale)[- ]complexion|complexion\b|dreadlocks|afro\b(?!-)"
        r"|tribe\b(?! of (?:fans"
        r"|customers))|tribal\b|clan\b|bloodline|native (?:to|of) (?:africa|asia)|first nations?|pacific islander"
        r"|latinx|bame\b|people of colou?r|minorit(?:y|ies)\b(?! (?:share|stake|shareholder|owner|interest|holding))",
    ),
    "union": (
        r"(?:call|bring|brought|led|lead)\w* (?:his|her|the|their) (?:people|crew|men|women|colleagues|staff"
        r"|workers|shift)"
        r" out\b(?! (?:for|to) (?:dinner|lunch|drinks))|strike (?:badge|songs?|of \d|kitchen|ballot)|pay (?:deal"
        r"|dispute"
        r"|round)\b|dockers\b (?:over|against|for)",
        rf"{TRADES}'?s? union\b|(?:union|unions)\b(?! (?:jack|square|street|station|joint|pipe|of))|teamsters?\b"
        rf"|dockers?'"
        r"|(?:as|elected|their|our|the|voted|a|chief|lay) (?:\w+ )?(?:shop )?steward\b",
        r"(?:uaw|usw|afscme|cwu|pcs|neu|nut|bfawu|tssa|ucu|bectu|cgil|ugt|ccoo|ngg|gew|igbce|ig bce|eva|cosatu|ituc"
        r"|dbb|acas)\b(?= (?:rep|member|branch|official|card|dues|delegate|man|woman|meeting|ballot)|[,.;]|$)",
        r"(?:balloted|ballot|voted|voting|vote|threat\w*|ready|wants|going|came out|come out|out|off) (?:to|for|on"
        r"|out on)"
        r" (?:a )?strikes?\b|(?:went|goes|go|gone|been|going) on (?:\w+ )?strike|cross(?:ed|es|ing)? (?:a|the) picket"
        r"|(?:strike|lock-?out|go-slow|sit-down strike|wildcat|general strike)s?\b(?= (?:vote|ballot|breaker"
        r"|action|at|in"
        r"|for|over|last|twice|next|against)|[,.;]|$)(?<!bargain strike)|go-?slow|lock-?out",
        r"(?:subs|dues|levy|membership) (?:to|for|of) (?:the|his|her) (?:union|branch)|(?:collective|industry-wide"
        r"|pay)"
        r" (?:agreement|bargain\w*|talks|settlement|claim)|(?:tribunal|grievance) (?:rep|for|with)"
        r"|workers of the world"
        r"|staff (?:association|forum|side)|(?:elected|sits?|chairs?|on) (?:to |on )?the (?:works|staff|workers'?"
        r"|employees'?) (?:council|committee|forum)|co-?determination|may day (?:march|rally|parade|demo)",
    ),
    "biometrics": (
        r"(?:puts?|lays?|places?|press(?:es)?|holds?|rests?) (?:his|her|a|the) (?:thumb|finger|palm|hand"
        r"|eye)s? (?:on|to"
        r"|against|over) the (?:glass|reader|plate|screen|pad|sensor|lock)|sp[ai]ts? (?:in|into) a (?:tube|cup|vial)"
        r"|(?:knows?|recogni[sz]es?|greets?|lets?) (?:him|her|them|in|me)(?: in)? by (?:his|her|their"
        r"|the) (?:irises|iris"
        r"|voice|gait|veins?|face|walk|fingers?|retinas?)\b",
        rf"(?:scan|read|recogni[sz]|measur|identif|match|captur|record|register|stor|compar|enrol)\w* (?:of "
        rf"|by )?(?:\w+ )?"
        rf"(?:his|her|their|our|everyone's|everybody's|people's|visitors'?|staff|employees'?|workers'?|a) (?:\w+ )?"
        rf"{PARTS}\b(?! (?:out|in|on (?:a|the) (?:deal|contract)))",
        rf"{DEVICES} (?:\w+ )?(?:knows|recogni[sz]es|reads|scans|opens|lets|greets|checks|takes|wants|needs|works"
        rf"|unlocks)"
        rf"(?: \w+){{0,3}}(?: (?:by|from|on|with|to|for|at))? (?:his|her|their|your|a|the)? ?{PARTS}\b",
        r"(?:voice|face|finger|palm|hand|vein|iris|eye|gait|keystroke|walking) ?-?(?:patterns?|profiles?"
        r"|templates?|login"
        r"|sign-?in|unlock|lock|reader|sensor|scanner|match|geometry|authentic\w*|biometr\w*)",
        r"(?:thumb|palm|finger|voice|hand|foot|ear) ?-?prints?\b(?! (?:on the|in the) (?:glass|window|butter|dough))"
        r"|(?:unlocks?|opens?|signs?|clocks?|logs?|pays?|starts?)(?: (?:\w+)){0,4} (?:with|by|using"
        r"|via) (?:\w+ )?(?:face"
        r"|thumb|finger|palm|iris|eye|voice|fingerprint|look into)",
        r"(?:runs|run|it's|is|lies|lie) in the (?:family|blood"
        r"|genes)\b(?<!thrift runs in the family)(?= *[,;]? (?:and his"
        r"|and her|so he|so she|tests?))|(?:hereditary|inherited|genetic|congenital|familial|x-linked|recessive)\b"
        r"|(?:(?:a|the|this|that|which|same|brca\d?) gene|genes|gene (?:test|mutation|defect|therapy)|genome|genetics"
        r"|mutation|chromosome|karyotype|haplogroup|carrier of|predisposed"
        r"|predisposition)\b"
        r"|ancestry\.com|ancestrydna|myheritage|sequenced|family tree (?:test|by (?:spit|saliva))|sperm test"
        r"|cheek swab",
    ),
    "criminal record": (
        r"(?:fraud|theft|assault|drugs?|tax|forgery|spent|driving) convictions?\b|convictions? (?:for|from|in)\b",
        r"(?:suspended|two-year|community|custodial|non-custodial) (?:sentence|order)|tagged\b(?= (?:until|at"
        r"|by the court"
        r"|since|after)|[,.;]|$)|(?:tag|monitor) on (?:his|her) (?:ankle|leg)|curfew|remand(?:ed)?\b"
        r"|conditional discharge",
        r"(?:previous|past|old|youthful|prior|police|legal|criminal) (?:offen[cs]es?|charges?|conviction|trouble"
        r"|form)\b"
        r"|(?:has|got|with) (?:form|previous)\b(?= (?:for|with)|[,.;]|$)|(?:charge|charges|case) (?:against|dropped)"
        r"|(?:up|summoned|hauled|appeared|appearing|appears|due|back|tried) (?:\w+ )?(?:in|before|to"
        r"|at) (?:the )?(?:crown"
        r" |county |district |high |criminal )?court\b",
        r"(?:nicked|busted|banged up|sent down|put away|locked up|collared|doing bird|inside again|let out"
        r"|released from)"
        r"\b(?! the (?:shop|hall|office|van|archive))|cell ?mate|warder|open prison|halfway house|ex-?offender"
        r"|wrong side of"
        r" the law|underworld|organi[sz]ed crime|hells angels|cartel (?:fine|case)|(?:fined|convicted|charged|done"
        r"|jailed)"
        r" (?:for|over|with|\d)",
        r"(?:police|customs|tax inspectors|prosecutors?|fraud squad|detectives?) (?:raid\w*|search\w*|arrest\w*"
        r"|came|took"
        r"|turned up|are after|want\w*|question\w*|interview\w*|seized|investigat\w*)|prosecutor|plea (?:deal"
        r"|bargain)"
        r"|(?:drink|drunk|dangerous|reckless|careless|drug)[- ]driv|hit and run|road rage|breathalys|(?:driving"
        r"|drinking)"
        r" ban\b|(?:stolen|hot) (?:goods|car)|counterfeit|black market|undeclared|off the books|cooked the books"
        r"|insurance fraud|vat fraud|cigarette smuggl|dealt (?:in )?drugs|sold drugs|gang(?:ster|land)|stabb"
        r"|assault(?:ed|ing)",
    ),
}
