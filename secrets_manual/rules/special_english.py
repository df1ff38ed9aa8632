"""What looks special in English, by ground, and what only sounds so. Flat text: lower case, no accents."""

from typing import Final

# Peoples, for “of … descent”, “half …”, “her parents are …”.
PEOPLES: Final = (
    r"(?:turkish|kurdish|arabi?c?|african|asian|indian|pakistani|bangladeshi|chinese|japanese|korean|vietnamese"
    r"|thai|filipin[oa]|indonesian|iranian|persian|iraqi|syrian|afghan|lebanese|palestinian|israeli|egyptian"
    r"|moroccan|algerian|tunisian|libyan|nigerian|ghanaian|kenyan|somali|ethiopian|eritrean|sudanese|congolese"
    r"|senegalese|jamaican|caribbean|haitian|cuban|mexican|brazilian|colombian|peruvian|chilean|latin[oa]|hispanic"
    r"|native american|aboriginal|maori|inuit|sami|armenian|georgian|kazakh|chechen|russian|ukrainian|polish|czech"
    r"|slovak|hungarian|romanian|bulgarian|serbian|croatian|bosnian|albanian|kosovan|macedonian|greek|italian"
    r"|spanish|portuguese|irish|scottish|welsh|jewish|german|french|danish|swedish|finnish|norwegian|dutch|tamil"
    r"|punjabi|bengali|gujarati|sri lankan|nepalese|tibetan|uighur|mongolian|slavic|west indian|south american"
    r"|east(?:ern)? european|middle eastern|nordic|english)"
)
KIN: Final = r"(?:(?:his|her|their) )?(?:parents?|mother|father|family|grand\w+|ancestors|mum|dad)"
CRIMES: Final = (
    r"(?:fraud|theft|forgery|embezzlement|assault|tax evasion|tax fraud|smuggling|perjury|arson|robbery|burglary"
    r"|bribery|speeding|shoplifting|stealing|insider trading|money laundering|fighting|a fight|battery|possession"
    r"|dealing drugs|manslaughter|murder|blackmail|extortion|vandalism|drink|drunk|drugs)\b"
)
BODY: Final = (
    r"(?:leg|arm|hip|hips|ankle|wrist|collarbone|foot|feet|hand|hands|finger|fingers|toe|toes|rib|ribs|neck|back|nose"
    r"|shoulder|elbow|knee|knees|pelvis|eye|eyes|ear|ears|lung|lungs|heart|liver|kidney|brain|breast|stomach"
    r"|bowel|jaw"
    r"|spine|throat|prostate|gallbladder|skull|sight|hearing|voice|taste|sense of smell|smell)"
)

COUNTRIES: Final = (
    r"(?:turkey|syria|iran|iraq|afghanistan|pakistan|india|bangladesh|sri lanka|china|japan|korea|vietnam|thailand"
    r"|indonesia|the philippines|lebanon|palestine|israel|egypt|morocco|algeria|tunisia|libya|nigeria|ghana|kenya"
    r"|somalia|ethiopia|eritrea|sudan|congo|senegal|cameroon|south africa|jamaica|haiti|cuba|mexico|brazil|colombia"
    r"|peru|chile|venezuela|armenia|georgia|kazakhstan|chechnya|russia|ukraine|poland|hungary|romania|bulgaria|serbia"
    r"|croatia|bosnia|albania|kosovo|macedonia|greece|portugal|africa|asia|the caribbean|the middle east)\b"
)

HARMLESS: Final = (
    r"(?:different )?strokes? (?:of|for different)\b",
    r"heart attack of a|heart of (?:the|our)|by heart",
    r"(?:headache|pain) of a",
    r"allerg(?:ic|y) to (?:small talk|jargon|buzzwords?|meetings?|change|discounts?|slides?|(?:\w+ )?slide decks"
    r"|power ?point"
    r"|bureaucracy|nonsense|sales talk|(?:phone|cold) calls?|e?-?mails?|mornings?|early mornings|mondays|work"
    r"|marketing"
    r"|hype|paperwork|waste|waiting|queues|noise|salespeople|reps|fuss|risk|debts?|plastic)",
    r"(?:pregnant pause|pregnant with (?:meaning|ideas))",
    r"sick (?:and tired )?of\b|(?:home|sea|love)sick",
    r"blind (?:tasting|date|spot|eye|faith|trust|test)|turns? a blind",
    r"disabled (?:button|account|link|feature|alarm|function)|(?:lift|alarm|button|link|account|feature"
    r"|login) (?:is|was|has been) disabled",
    r"depressed (?:prices?|markets?|sales|areas?|regions?|economy|demand)|depression in the|great depression",
    r"surgery (?:of|on|to) (?:a|the|our|his|her|their) (?:budget|price|offer|range|plan)",
    r"diagnos(?:ed|is|es|ing) (?:of )?(?:the|our|a|every|any) (?:fault|problem|oven|kiln|machine|engine|till|error"
    r"|leak)\w*",
    r"therapy (?:is a|on the water|for (?:the|our|a) (?:soil|garden|lawn|brand|budget))|retail therapy",
    r"suffers? from (?:late|delays?|slow|cash|competition|the (?:ring road|competition|market|weather|heat|building)"
    r"|(?:a )?(?:shortage|lack) of|theft|high (?:rents?|prices)|our|bad (?:deliver\w+|suppliers?))",
    r"hospital (?:kitchens?|canteens?|shops?|contracts?|orders?|groups?|buyers?|accounts?)",
    r"(?:deliver\w*|suppl\w+|sells?|sold|ships?|sends|bakes|cooks)(?: \w+){0,2}?(?: to| for)? (?:the |two |three "
    r"|four |five |several |all )?(?:\w+ )?(?:hospitals?|clinics?|church(?:es)?|abbeys?|mosques?|synagogues?"
    r"|temples?|monaster(?:y|ies)|prisons?|jails?|doctors)(?: and(?: a)? prisons?)?(?: kitchens?)?",
    r"church (?:street|road|lane|hall|square|windows?|bells?|tower|roof|yard|fete)|(?:opposite|behind|beside|near"
    r"|past) the (?:church|mosque|synagogue)|(?:church|mosque|synagogue) (?:opposite|next door|on the corner"
    r"|across)",
    r"(?:good|bad|blind) faith|leap of faith|faith in (?:us|our|couriers|suppliers|people|banks|reps)",
    r"pray(?:s|ed|ing)? for (?:(?:a |some )?(?:good|better|mild|calm|warm|dry|cold|early|late|long|quiet|hot) \w+"
    r"|rain|sun|snow|wind|weather|orders|customers)|pray(?:s|ed|ing)? that (?:the|our|this) (?!lord|good|virgin)",
    r"lent (?:him|her|us|them|me|it|his|our|out|money)",
    r"mass (?:production|market|mail\w*|of|produced|appeal|media)|critical mass|(?:to|for) the mass(?:es)? market",
    r"(?:kitchen|wine|sailing|cook\w*|style|gardener\w*|trade|baker\w*) bible|bible of",
    r"(?:sells?|stocks?|range of|line of) (?:halal|kosher)|(?:halal|kosher) (?:range|line|shelf|section"
    r"|products?|deal)",
    r"christian (?:name|dior|from|at the|in (?:accounts|sales|the office)|who|runs|buys|will|has|signs|pays)",
    r"(?:jury|panel|guild|readers|customers|visitors|guests|judges)(?: have| has)? voted|vote[sd]? with \w+ feet",
    r"(?:left|right) wing of|plays?(?: on)?(?: the)? (?:left|right) wing",
    r"office politics|politically correct",
    r"conservative (?:estimates?|approach|guess|figures?|buyers?|with|about|taste|forecasts?|plan|investor|style"
    r"|dress\w*)",
    r"liberal (?:splash|pour|dose|amount|sprinkl\w+|helping|use|opening|with|returns?|arts)",
    r"labou?r (?:costs?|laws?|market|agency|of love|shortage|saving|day|hours|intensive)|labou?r-saving",
    r"greens at|the greens (?:at|on) the|trump card",
    r"gay (?:colou?rs|mood|paree|paris|music|flags|bunting)|happy and gay|gay and happy",
    r"mistress of ceremonies|headmistress",
    r"race (?:bikes?|boats?|cars?|days?|tracks?|course|horses?|round|week|is on|against)|(?:boat|bike|arms|rat"
    r"|horse|foot|sack|relay|ski|motor) race",
    r"roma (?:tomato(?:es)?|termini)|as roma|gypsy (?:jazz|music|band|moth|wagons?|caravans?|swing)",
    r"black (?:coffee|tea|friday|box|market|ice|pepper|bread|forest|sea|sheep|tie|belt|list)",
    r"(?:credit|student|western|customs|rugby|european|monetary) union|union (?:jack|street|station|square|flag"
    r"|joints?)|union of the",
    r"fingerprints? (?:on|all over)|fingerprints? of the|(?:greasy|sticky|dirty) fingerprints?",
    r"in (?:our|her|his|their|its|the (?:firm|company|brand|family|shop)'?s?) dna|dna of the",
    r"general|generic|genuine|generous",
    r"prison break|prison (?:kitchens?|canteens?|wine|ships?)|convicted (?:fan|bachelor|optimist)",
    r"sentenced (?:us|me) to|escort(?:s|ed)? (?:every|all|each|us|me|visitors?|guests?|customers?|deliver\w+)",
    r"probation(?:ary)? period|(?:on|a) trial basis|trial (?:order|run|pack|period)",
    r"crime (?:novels?|fiction|series|stor\w+|writers?|thrillers?|against|to throw)",
    r"serve[sd]? time and again",
    r"fined (?:us|our)|fine (?:print|glass\w*|cook|dining|wines?)",
    r"arresting|police (?:the queue|station orders)",
    r"golf handicap|handicap of",
    r"thank god it|oh (?:my )?god|god (?:knows|forbid)|god's (?:sake|gift)|godsend",
    r"withdrawal (?:of|from) (?:the|our|a|cash|his|her) (?:offer|order|account|bank|funds)",
)

HEALTH: Final = (
    # illnesses by name
    r"cancer\b|cancerous|tumou?rs?\b|leuka?emia|lymphoma|melanoma|metasta|chemo|radiotherap|oncolog|remission",
    r"diabet|type (?:1|2|one|two)\b|insulin|blood (?:sugar|pressure|clot|thinn|test|disease|disorder)|thyroid"
    r"|cholesterol",
    r"dialysis|transplant(?:ed)? (?:kidney|heart|liver|lung)|(?:kidney|heart|liver|lung|bone marrow"
    r"|organ) (?:transplant|failure|trouble|donor|disease|problems?|condition)|donated a kidney|kidney stones?"
    r"|(?:transplant|donor|organ) (?:waiting )?list|(?:heart|liver|kidney|lung|breast|health) scare"
    r"|(?:pump|tablets|pills|injections) for (?:his|her|the) (?:sugar|blood|heart)"
    r"|(?:the|his|her) ms (?:is|has|got|gets)"
    r"|(?:hearing|sight|eyesight)(?: i|')?s (?:gone|going|failing)",
    r"stroke\b|heart (?:attack|condition|disease|trouble|problems?|failure|surgery|operation|bypass|murmur|rhythm)"
    r"|cardiac|cardiolog|bypass (?:surgery|operation)|a bypass\b|stents?\b|pacemaker|angina|arrhythm|aneurysm"
    r"|thrombosis|embolism",
    r"asthma|copd\b|emphysema|bronchitis|pneumonia|tuberculosis|(?:long )?covid|epilep|seizures?\b|migraine",
    r"allerg|anaphyla|epipen|hay fever|c[oe]e?liac|(?:lactose|gluten|histamine|fructose|dairy|food"
    r"|milk)[- ]intoleran",
    r"crohn|colitis|ibs\b|ulcers?\b|hepatitis|cirrhosis|arthriti|rheumat|osteo|gout\b|sciatica|lumbago|slipped disc"
    r"|herniat|hernia\b|fibromyalg|lupus|psoriasis|eczema|endometrio|scoliosis|sclerosis|motor neuron|parkinson'?s\b"
    r"|alzheimer",
    r"(?:has|have|with|got|of) ms(?= and\b| but\b|[,.;:!]|$)|dementia|tourette|autis(?:m|tic\b)|asperger"
    r"|on the spectrum|adhd\b|dyslex|dyspraxi|bipolar|schizo|psychosis|psychotic|obsessive[- ]compulsive|ocd\b",
    r"hiv\b|(?:has|with|of|got) aids\b|herpes|syphilis|malaria|shingles|lyme|meningitis|polio\b|sepsis|infection\b",
    r"down'?s? syndrome|cerebral palsy|cystic fibrosis|spina bifida|muscular dystrophy|special needs|birth defect",
    r"glaucoma|cataracts?\b|macular|tinnitus|vertigo|concuss|fractur|whiplash|carpal tunnel|frozen shoulder|cruciate"
    r"|torn (?:ligament|meniscus|muscle|achilles)",
    # the mind
    r"depress(?:ed|ion|ive)|antidepress|anti-depress|anxiety|panic (?:attack|disorder)|burn-?out\b|burn(?:t"
    r"|ed) out\b|nervous breakdown|had a breakdown|mental(?:ly)? (?:health|ill|breakdown|problem)|suicid"
    r"|kill(?:ed)? (?:him|her|them)sel|self-harm|anorexi|bulimi|eating disorder|insomnia|sleep apn|ptsd\b|trauma"
    r"|phobi[ac]|(?:his|her) nerves\b",
    r"psychiatr|psycholog|psychotherap|therapist|in therapy|therapy\b|counsell(?:or|ing)|a shrink\b",
    # limbs and senses
    r"(?:broke|broken|breaks|fractured|shattered|smashed)(?: (?:his|her|a|an|their|one"
    rf"|both))? (?:\w+ )?{BODY}\b(?! even)",
    r"(?:bad|weak|dodgy|aching|sore|stiff|failing|artificial|new) (?:back|knees?|hips?|heart|shoulders?|legs?|eyes"
    r"|lungs?|chest|eyesight|hearing|kidney|liver)\b",
    rf"lost (?:a|an|one|two|three|his|her|their|most of (?:his|her)|both)(?: \w+)? {BODY}\b",
    r"lost (?:a|the|their|her|his)(?: \w+)? baby|(?:on|in) (?:his|her) (?:lungs?|liver|kidneys?|brain|breast"
    r"|pancreas|bowel)",
    r"(?:back|chest|knee|chronic|joint|stomach|nerve|hip|constant) (?:pain|ache|trouble|problems?)|in (?:constant"
    r"|great) pain",
    r"wheelchair|crutch|walks? with a (?:stick|limp|cane|frame)|walking (?:stick|frame)|with a limp\b|limps\b|prosthe"
    r"|artificial limb|amput|paraly[sz]|paraple|quadriple",
    r"hearing aids?|hard of hearing|deaf\b(?! to)|visually impaired|partially sighted|impair(?:ed|ment)|(?:is|was"
    r"|go(?:es|ing)|went|nearly|half|almost|legally|partially|born|colou?r) ?-?blind\b|blind (?:in|since|from|man"
    r"|woman|son|daughter|brother|sister|mother|father|child)",
    r"stutter|stammer|speech impediment|disab(?:led|ilit)|handicapped|overweight|obes|gastric|bariatric"
    r"|lost \w+ (?:kilos?|kg|stone|pounds) ",
    rf"(?:a|his|her|their|both|new) {BODY} (?:done|fixed|replaced)\b|(?:his|her|their) {BODY} (?:is|are|was"
    r"|were) (?:all )?"
    r"(?:gone|bad|shot|worn|failing|weak|ruined|broken|giving|playing up)",
    r"lumps? (?:removed|found|in (?:his|her))|had a lump|polyps?\b|cysts?\b|biopsy|wait(?:s"
    r"|ing) for a (?:kidney|liver|heart"
    r"|lung|donor)|drinks\b(?= *[,.;]|$| (?:alone|in secret|heavily|a lot))",
    # being ill, being treated
    r"(?:is|was|been|be|fell|falls?|falling|seriously|very|terminally|gravely|mentally|chronically|critically|quite"
    r"|badly|often|too|feels|still|really|so) ill\b|ill (?:with|since|for|health|again|a lot)|illness|unwell\b"
    r"|ailing|disease|infirm\b|poorly since",
    r"(?:off|out|home|calls? in|called in|fell|falls|been|is|was|very|often|seriously) sick\b|sick (?:leave|note"
    r"|pay|with|since|child|mother|father|wife|husband|son|daughter|parents?|list)|signed off\b|off work (?:with"
    r"|since|for|until)",
    r"chronic(?:ally)? (?:ill|pain|fatigue|condition|disease|illness)|terminal(?:ly)? (?:ill|cancer|illness|disease)"
    r"|suffer(?:s|ed|ing)? (?:from|with|a)\b|is dying\b(?! to| for)|dying of|months to live|palliative|hospice",
    r"diagnos(?:ed with|is\b)|(?:was|were|been|got|is) diagnosed|(?:medical|health) (?:condition|problems?|issues?"
    r"|reasons|leave|history|scare)",
    r"(?:in|into|from|out of|left|to|went to|rushed to)(?: the| a)? (?:hospital|clinic|sanatorium)\b|hospitali[sz]ed"
    r"|intensive care|emergency room",
    rf"{BODY} (?:operation|replacement|surgery|op)\b|surgery\b|(?:{BODY}|both \w+) replaced|operated on|operation on"
    r"|(?:after|before|since|from|had|needs?|having|awaiting|faces|facing|has had|another|recovering from"
    r"|waits for)(?: an?| the| his| her)?(?: \w+)? operation\b(?! (?:in|of|at|with)\b)",
    r"(?:his|her|the|their) (?:doctor|gp|cardiologist|specialist|consultant|physio\w*|neurologist) (?:told|says"
    r"|said|has|wants|found|forbade|forbids|advise[sd]|put|sent|ordered|gave|thinks|banned|insists)"
    r"|doctor'?s orders|doctors? (?:told|found|says?|forbade|ordered|advised|gave)|(?:sees?|seeing|saw) (?:a|the"
    r"|his|her) (?:doctor|specialist|neurologist)",
    r"medicat(?:ion|ed)|on (?:\w+ )?(?:meds|pills|tablets)\b|takes? (?:\w+ )?(?:pills|tablets)\b|sleeping pills"
    r"|painkiller|beta[- ]?blocker|prescri(?:bed|ption)|steroids|morphine|lithium (?:for|since)|biopsy|mri\b"
    r"|ct scan|ultrasound|colonoscop|physiotherap|acupunctur|hysterectom|mastectom|vasectom|prostate|c(?:a?e)sarean",
    r"(?:takes|on|needs) (?:lithium|aspirin|antibiotics|hormones)|statins|warfarin|prozac|ritalin|valium"
    r"|xanax|ozempic"
    r"|metformin|methadone|(?:smok\w+|his|her|medical) (?:weed|pot|dope|hash)\b|cannabis|marijuana",
    # children to come
    r"pregnan|expecting (?:a (?:baby|child|girl|boy|son|daughter|second|third)|twins|triplets|again|(?:her|their"
    r"|his|another) (?:first|second|third|fourth|child|baby))|miscarr|abortion|stillb|ivf\b|fertility treat"
    r"|infertil|trying for (?:a|another) (?:baby|child)|(?:cannot|can't|could not|couldn't) have (?:children|kids)"
    r"|post-?natal|postpartum|maternity leave|menopaus|morning sickness|due date",
    # drink and drugs
    r"alcoholi|drinks too (?:much|hard)|drink(?:ing)? (?:problem|again|heavily|too much)|heavy drinker"
    r"|problem with (?:drink|alcohol)|sober (?:for|since)|(?:stays|stayed|been|getting|got) sober|(?:stopped|quit"
    r"|no longer) drink(?:s|ing)\b|gave up (?:drink|alcohol|drinking)|on the wagon"
    r"|(?:to|in|attends|attending) aa\b|aa meeting"
    r"|rehab\b|detox|drug (?:addict|problem|habit|use|abuse)|cocaine|heroin\b|opioid|addiction|addict\b"
    r"|addicted to (?:alcohol|drugs|pills|painkillers|gambling|morphine|sleeping)|hooked on (?:\w+ )?(?:pills"
    r"|painkillers|drugs|morphine)|gambl(?:ing|er).{0,9} (?:addict|problem|habit|debt)|compulsive gambler"
    r"|withdrawal\b",
)

RELIGION: Final = (
    r"(?:a|is|was|are|were|devout|practising|practicing|strict|committed|born[- ]again|coptic|good|young"
    r"|former)(?: \w+)? christians?\b|christians\b|christianity|christian (?:family|values|faith|household"
    r"|upbringing|school|group|charity|wom[ae]n|m[ae]n|belief\w*|camp)",
    r"muslims?\b|moslem|islam|jew\b|jews\b|jewish|judaism|hindu|buddh|sikh|catholic|protestant|lutheran|calvinis"
    r"|methodist|baptist|anglican|presbyterian|evangelical|pentecostal|coptic|quaker|mormon|amish|mennonite|jehovah"
    r"|adventist|scientolog|baha'?i|taois[tm]|shinto|pagan\b|wicca|rastafar|greek orthodox|russian orthodox"
    r"|orthodox (?:christian|jew|church|family|faith|priest)|church of",
    r"church\b|churche?s\b|churchgo|churchwarden|parish|congregation|mosque|synagogue|gurdwara|sunday school"
    r"|gospel choir",
    r"deacon|vicar\b|pastor\b|rabbi\b|imam\b|ordained|seminar(?:y|ian)|preacher|lay reader|missionar|nun\b"
    r"|convent\b|monk\b|(?:is|was|be|become|as) a priest|(?:his|her|their) (?:priest|guru)|altar boy|the priesthood",
    r"pray(?:s|ed|ing|ers?)?\b|worship|hymns?\b|rosary|says? grace|saying grace|confession\b|goes to confession",
    r"ramadan|eid\b|diwali|hanukk?ah|chanukk?ah|passover|yom kippur|rosh hashan|sabbath|shabb(?:at|os)|(?:for"
    r"|during|in|keeps|observes|through) lent\b|lenten|fasts? (?:during|for|on|in|every|until|before)|bar mitzvah"
    r"|bat mitzvah|first communion|communion|confirmed in|confirmation class|bapti[sz]|christen(?:ed|ing)"
    r"|advent service|carol service|church service",
    r"(?:to|at|midnight|morning|sunday|holy|easter|after|before|attends?|hears|evening|daily|latin) mass\b",
    r"god\b|(?:a|became|become) (?:priest|nun|monk|rabbi|imam|pastor|vicar|a priest|a nun|a monk|a rabbi|an imam)\b",
    r"wears? (?:a|his|her|the) (?:cross|crucifix|star of david|veil|habit)\b",
    r"kosher|halal|bible|koran|qur'?an|torah|talmud|gospel\b(?! truth| music)|scripture|psalm|crucifix|hijab"
    r"|head-?scarf|veil for|turban|burk[ah]a?\b|niqab|kippah?\b|yarmulke|skullcap",
    r"believ(?:es?|er|ed|ing) in (?:god|jesus|christ|allah|reincarnation|heaven|the lord|a higher|an afterlife)"
    r"|non-?believer|god-?fearing|found god|finds god|man of god|woman of god|jesus|christ\b|allah\b|god's (?:will"
    r"|plan|word)|turned to god|thanks god|trusts in god",
    r"(?:his|her|their|deep|strong|personal|of|the|same|lost) faith\b(?! in (?!god|jesus|the lord|allah))"
    r"|people of faith",
    r"religio(?:n|us)\b|devout|pious|atheis|agnostic|humanist (?:wedding|funeral)|spiritual(?:ity|ly)?\b|theolog"
    r"|convert(?:ed|s|ing)? to (?:islam|juda|cathol|christ|buddh|the faith|orthodox|hindu|protest)|a convert\b",
    r"pilgrimage|hajj|mecca\b|lourdes|(?:joined|in|left|of) a (?:religious )?(?:sect|cult)\b|tithe|born[- ]again"
    r"|creationis|circumcis|virgin mary|to mary\b|patron saint of",
)

POLITICS: Final = (
    r"vot(?:es?|ed|ing|er) (?:for|against)\b(?! (?:her|his|our|their|my|best)\b)|vot(?:es?|ed"
    r"|ing) (?:\w+ )?(?:green|greens|labou?r|tory|tories|conservative|liberal|lib dem|republican|democrat|remain"
    r"|leave|brexit|left|right|afd|ukip|reform|snp|trump|biden|social|communist|nationalist)|voted to (?:leave"
    r"|remain|stay)|protest vote",
    r"party member|member of (?:the|a) (?:\w+ ){0,2}party\b|(?:socialist|communist|labou?r|conservative|green"
    r"|liberal|republican|democratic|social democratic|nationalist|people'?s|reform|workers'?|left|populist"
    r"|far-right|political|independence) party|joined the party|party (?:conference|headquarters|card|branch"
    r"|activist|donor|politics|candidate)",
    r"(?:left|right|far-left|far-right)[- ]?wing|left-?winger|right-?winger|(?:far|hard|extreme|radical|loony"
    r"|alt)[- ](?:left|right)\b(?! (?:of|corner|end|side|hand|shelf|door|aisle))|leans (?:to the )?(?:left|right)"
    r"|left-leaning|right-leaning|left of centre|right of centre",
    r"(?:his|her|their) politics|politics (?:are|is)|political(?:ly)? (?:views?|opinions?|leanings?|active|activ\w+"
    r"|convictions?|beliefs?|donor|past|left|right|engaged|conservative|liberal|very|debates?|rall\w+|sympath\w+"
    r"|exile|refugee)|talks? politics|into politics|in politics|politician",
    r"socialis[tm]|communis[tm]|marx\b|marxis|lenin|anarchis|fascis|nazi|thatcher|trump\b|trumpis|maga\b|corbyn"
    r"|populis|nationalis[tm]|libertarian|monarchist|royalist|separatist|feminis|suffrag|activis[tm]"
    r"|extinction rebellion|antifa|anti-fa|anti-war|climate (?:protest|march|strike)|pacifis|environmentalist",
    r"macron|merkel|obama|biden|putin\b|farage|le pen|erdogan|orban\b|starmer|sunak|boris johnson|meloni|netanyahu"
    r"|zelensky",
    r"(?:lifelong|staunch|local|true|former|card-carrying|arch|old-school|die-hard|committed|a"
    r"|the) (?:conservatives?|tory|tories|liberals?|republicans?|democrats?|socialists?|lib dems?)\b|tory\b"
    r"|tories\b|republicans?\b|democrats?\b|lib(?:eral)? dem|conservative (?:association|club|councillor|voter|mp"
    r"|candidate|politics|government)|liberal (?:ticket|candidate|councillor|voter|mp|politics)",
    r"labou?r (?:party|voter|mp|councillor|man|woman|supporter|through|candidate|club|government|conference|member)"
    r"|(?:joined|supports?|backs|old|lifelong|staunch|hates|is) labour\b",
    r"(?:for|with|in|of|join\w*|support\w*|backs|hates) the greens\b|green (?:politics|councillor|voter|candidate"
    r"|mp|activist)",
    r"afd\b|spd\b|cdu\b|csu\b|fdp\b|ukip|snp\b|sinn fein|plaid cymru|pegida|npd\b|bnp\b|edl\b|brexiteer|remainer"
    r"|brexit\b(?! (?:paper\w*|customs|forms?|delays?|costs?|rules|red tape))|pro-eu\b|anti-eu\b|eurosceptic",
    r"councillor|(?:stood|stands?|standing|ran|runs?|running) (?:for|as) (?:the )?(?:council|parliament|mayor"
    r"|election|office|congress|senate|mp\b|a candidate)|(?:mp|mep) for|member of parliament|canvass|leaflets? for"
    r"|campaign(?:s|ed|ing) (?:for|against) (?!(?:the )?(?:harbour|fair|market|spring|autumn|christmas|summer|a new"
    r"|shorter|better|cleaner))",
    r"(?:goes|went|go|going|took part|takes part|at|to|joined|joins|organis\w+)(?: in| on| to)?(?: (?:a|the|every"
    r"|all))?(?: [\w-]+)? (?:demonstrations?|protests?|rall(?:y|ies)|demos)\b(?! (?:kitchen|model|of|unit|day))"
    r"|protest(?:s|ed|ing)? against|protest(?:er|march)|march(?:es|ed|ing) (?:against|for peace)|demonstrat(?:ed|es"
    r"|ing) (?:against|for)",
    r"donat\w+ to (?:the )?(?:\w+ )?(?:party|greens|labour|conservatives|tories|democrats|republicans|campaign)"
    r"|independence (?:movement|referendum|campaign)|for independence|pro-life|pro-choice|gun rights|nra\b",
    r"(?:hates|loathes|despises|supports?|blames|cursed?s?|backs) the (?:government|chancellor|president"
    r"|prime minister|left|right|eu|opposition|regime|monarchy)",
)

SEX_LIFE: Final = (
    r"gay\b|gays\b|lesbian|homosexual|bisexual|bi-?curious|(?:is|she's|he's) bi\b|pansexual|asexual|sexual|sexting"
    r"|sex\b|queer|non-?binary|intersex|lgbt|transgender|transsexual|transvestite|trans (?:wom[ae]n|m[ae]n|person"
    r"|people|girl|boy|kid|son|daughter|brother|sister)|drag queen|(?:is|was|has) transition(?:ed"
    r"|ing)\b(?! to (?:the|a|our))",
    r"(?:at|to|in|with) pride\b|pride (?:march|parade|flag|month|week)|came out (?:to (?:his|her|their|us|me"
    r"|every)|as)"
    r"|coming[- ]out\b(?! (?:of|in|with))|closeted|in the closet|not out (?:at|to)|same[- ]sex|civil partner"
    r"|two (?:mums|dads|mothers|fathers)\b",
    r"\bhe (?:likes|prefers|loves|fancies|dates|is into) (?:men|boys|guys)\b|she (?:likes|prefers|loves|fancies|dates"
    r"|is into) (?:women|girls)\b|(?:he|she|who|husband|wife|partner) cheat(?:s|ed)\b",
    r"trans\b(?! (?:fat|fats|europ))|(?<!\w )came out (?:last|this|at|when|in the)|(?:he|she|they|son"
    r"|daughter) came out\b",
    r"his (?:husband|boyfriend)\b|her (?:wife|girlfriend)\b|husband and his husband|wife and her wife",
    r"affair with|(?:has|had|having|an|his|her|their|secret|long) affairs?\b(?! of)|extra-?marital|cheat(?:s|ed"
    r"|ing)? on|unfaithful|infidel|adulter|mistress\b|(?:his|her|a|secret) lover\b|lovers\b|sle(?:eps|eping"
    r"|pt) with (?!the windows?)|behind (?:his|her) (?:wife|husband|partner|spouse|boyfriend|girlfriend)'?s? back",
    r"open (?:marriage|relationship)|polyamor|threesome|one-night|swingers?\b|womani[sz]|promiscu|escorts?\b"
    r"|prostitut|brothel|porn|strip club|fetish|kink|bdsm|tinder\b|grindr|impoten|erectile|viagra|nudis[tm]"
    r"|naturis[tm]|libido|orgasm|virgin\b(?! (?:olive|mary|atlantic|trains))",
)

ETHNICITY: Final = (
    r"ethnic|racial|racis[tm]|(?:his|her|their|mixed|of|other|own)[- ]race\b|mixed[- ]race|biracial|interracial"
    r"|race relations",
    r"roma\b|maori\b(?! (?:art|carvings?|patterns?|words?))|romani\b|gyps(?:y|ies)\b|sinti\b"
    r"|(?:irish )?travellers? (?:family|community|by birth|stock|site)"
    r"|(?:grew up|born|brought up) (?:a )?traveller|skin colou?r"
    r"|colou?r of (?:his|her|their) skin|(?:dark|light|black|brown)[- ]skinned|(?:person|people|woman"
    r"|man) of colou?r|afro-",
    r"black (?:man|woman|kid|boy|girl|family|guy|lady|person|people|mayor|child|community|british|american|owner)"
    r"|(?:he|she) is black\b|he's black\b|she's black\b|being black\b|(?:only|first) black\b|white (?:man|woman"
    r"|supremac\w+|south african)",
    rf"{PEOPLES}[- ]?(?:american )?(?:origins?|descent|heritage|ancestry|background|extraction|blood|roots|parents?"
    r"|parentage|grand\w+|refugees?|immigrants?|migrants?|minority|community|diaspora|stock)\b",
    rf"(?:half|quarter|part|ethnic|ethnically)[- ]{PEOPLES}\b|{PEOPLES} (?:by (?:birth|blood|descent)|on (?:his"
    rf"|her) (?:mother|father|mum|dad))|{PEOPLES}, not {PEOPLES}|{KIN} (?:is|are|was"
    rf"|were) (?:originally )?{PEOPLES}\b",
    rf"{KIN} (?:came|come|comes|emigrated|immigrated|fled|originate[sd]?|hail\w*)(?: over| here)? from (?!the\b|a\b"
    r"|here\b)",
    rf"(?:{KIN}|roots|originally|(?:he|she) (?:is|comes|came)|born)(?: (?:is|are|both|came|come|comes))* (?:in|from)"
    rf" {COUNTRIES}",
    rf"looks {PEOPLES}|romany|(?:a|an|proud|born) (?:kurd|turk|arab|berber|serb|croat|kazakh|uighur|tamil)\b",
    r"roots are in (?!the )|(?:proud|ashamed) of (?:his|her|their) (?:\w+ )?(?:roots|heritage|origins?|ancestry)"
    r"|(?:his|her|their) (?:ethnicity|ancestry|ancestors)",
    r"fled (?:from )?(?:the war|the regime|persecution|[a-z]+ (?:in|as|during))|refugee|asylum|immigrants?\b"
    r"|migrants?\b|(?:second|third|first)[- ]generation|boat people|guest worker|displaced person|expellee"
    r"|naturali[sz]ed|indigenous|caste\b|dalit|brahmin|minority (?:background|group)|native american|aboriginal",
)

UNION: Final = (
    r"trade[- ]?unions?|labou?r unions?|union (?:members?|man|woman|reps?|representative|dues|card|steward"
    r"|officials?|meetings?|leaders?|organi[sz]ers?|activists?|negotiat\w+|contract|branch|rules|fees|business"
    r"|work)|unioni[sz]|(?:trade )?unionist|(?:the|a|her|his|their|by|in|for|with) unions?\b|(?:the|both"
    r"|our) unions\b",
    r"shop stewards?|works council|staff council|workers'? (?:council|representative)|(?:employee"
    r"|staff) representative|collective bargaining|organi[sz]ed labour|picket|(?:on|went on|goes on|joined|led"
    r"|joins|organi[sz]ed|called)(?: a| the)?(?: \w+)? strike\b|strikers?\b|walk(?:s|ed)? out with|strike (?:fund"
    r"|pay|leader|committee)|industrial action",
    r"(?:member|rep|steward|official) (?:of|for|with|at) (?:unite|unison|gmb|usdaw|rmt)\b|unison\b|gmb\b|usdaw|rmt\b"
    r"|ig ?metall|teamsters|tuc\b|dgb\b|seiu|afl-cio|verdi (?:rep|member|official|steward)|solidarnosc",
)

BIOMETRICS: Final = (
    r"finger-?print|(?:his|her|with a|by|a) thumb-?print\b(?! in)|palm[- ]?(?:scan|print|vein)|(?:face|facial|iris"
    r"|retinal?|eye|hand|vein|voice)[- ]?(?:scan|recognition|id\b|print)|voiceprint|biometri|hand geometry"
    r"|recogni[sz]es (?:his|her) (?:face|voice|iris)|(?:his|her) iris\b",
    r"dna\b|genes?\b(?= (?:defect|test|therapy|mutation|for|that)| and|[,.;]|$)|(?:carries|carrying|has|the|a"
    r"|faulty|rare)(?: \w+)?(?: \w+)? gene\b|genetic|genom|heredit|brca|chromosom|23andme|ancestry (?:test|kit"
    r"|site)|paternity test|blood type|blood group",
)

CRIMINAL_RECORD: Final = (
    r"convict(?:s|ed)?\b|ex-?con\b|(?:previous|prior|spent|old|past|criminal) convictions?|prison|jail|gaol|borstal"
    r"|(?:youth|juvenile|immigration) detention|detention cent(?:re|er)"
    r"|criminal\b(?!ly)|criminals\b|police record|rap sheet|record with the police|offender|felon|misdemeanou?r",
    r"parole|probation\b|(?:on|out on|made|got) bail\b|on remand|suspended sentence|sentenced|(?:prison|jail"
    r"|custodial|life|\w+[- ](?:year|month)) sentence|serv(?:ed|ing|es?) (?:time|a sentence|(?:\w+ )?(?:years"
    r"|months) (?:for|in))|(?:did|doing|does|done) time\b|behind bars|inside for|(?:years|months|spell) inside\b"
    r"|locked up\b(?! the)|in custody|(?:in|to) the cells?\b|police cell",
    r"arrest(?:s|ed)?\b|detained|handcuff|charged with (?!(?:the|finding|running|keeping|planning)\b)"
    r"|indict(?:ed|ment)"
    r"|prosecut|guilty of|(?:found|plead\w*|pled) guilty|acquitted|(?:on|stands?|stood) trial\b|trial for",
    r"(?:went|goes|going|taken|up|been|dragged|back|had|has|appear\w*)(?: to| in| before)(?: the)? court\b"
    r"|court (?:case|hearing|date|over|for|appearance)|magistrate|before (?:the|a) judge|(?:caution|cautioned) for"
    r"|police caution|got a caution|community service|ankle (?:tag|monitor|bracelet)|electronic tag"
    r"|restraining order|warrant (?:out|for)",
    rf"(?:for|of|over|to|with|caught|did|committed|in) (?:\w+ ){{0,2}}{CRIMES}|tax evas|tax dodg|embezzl|fraudster"
    r"|launder(?:ed|ing) money|money launder|shoplift|smuggl|drug deal|burglar|(?:he|she|once|who) (?:stole|robbed"
    r"|forged)\b|steal(?:s|ing) from|caught (?:stealing|with his hand)|manslaughter|murder(?:ed|er)"
    r"|domestic (?:violence|abuse)|violent past|blackmail|insider trading|bribe",
    r"drunk[- ]?driv|drink[- ]?driv|dui\b|dwi\b|lost (?:his|her|the|their)(?: \w+)? licen[cs]e|(?:banned"
    r"|disqualified|suspended) from driving|driving (?:ban|offence)|points on (?:his|her) licen|done for\b|(?:was"
    r"|got|been) fined\b|fined for (?!late)|licen[cs]e (?:taken|away|revoked|suspended)",
    r"known to the police|wanted by|(?:the )?police (?:searched|raid\w*|came|questioned|investigat\w*|took|looking"
    r"|know)|raided by|under investigation|investigated for|trouble with the (?:law|police)|(?:run-?ins?"
    r"|ran in) with the (?:law|police)|committed a crime|(?:his|her) crimes?\b|criminal past|young offender"
    r"|juvenile court|mafia|in a gang\b|gang member",
)

SPECIAL: Final = {
    "health": HEALTH,
    "religion": RELIGION,
    "politics": POLITICS,
    "sex life": SEX_LIFE,
    "ethnicity": ETHNICITY,
    "union": UNION,
    "biometrics": BIOMETRICS,
    "criminal record": CRIMINAL_RECORD,
}
