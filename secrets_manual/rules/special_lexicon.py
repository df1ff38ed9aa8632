"""Names of things, kept as lists: illnesses, medicines, faiths, parties, peoples, unions, measures of a body, crimes.

A name here looks special wherever it stands, unless goods stand behind it (“Basque cake”). English, by ground.
"""

from typing import Final

# What a people's name may stand before without telling anything about a person.
GOODS: Final = (
    r"(?:rugs?|carpets?|cakes?|food|dish\w*|sauce|restaurants?|coffee|tea|wine|beer|rum|pizza|music|towels?|cigars?"
    r"|leather|cotton|silk|wool|pottery|tiles?|marble|bread|cheese|sausages?|oil|spices?|curr(?:y|ies)|recipes?"
    r"|cuisine|chicken|lamb|salad|seasoning|shirts?|jeep|customers?|suppliers?|market|branch|office|shop|store"
    r"|distributor|partner|importer|exporter|price list|catalogue|website|style|pattern|jewell?ery|art|blanket"
    r"|coast|bay|airlines?|islands?|holidays?|embassy|factory|plant|team|league|football|rugby|beret|pelota|tuna"
    r"|pearls?|bikes?)"
)
# Peoples that are not named for what they export.
PEOPLE: Final = (
    r"(?:kurds?|kurdish|arabs?|berbers?|amazigh|tuareg|yoruba|igbo|hausa|fulani|zulus?|xhosa|kikuyu"
    r"|tutsis?|hutus?|oromo|tigray\w*|tigrinya|amhar\w+|nubian|roma(?:ni)?|sinti|manouche|inuit|inuk|maoris?"
    r"|aborigin\w+|torres strait\w*|wiradjuri|noongar|yolngu|koori|murri|kamilaroi|arrernte|cherokees?|navajo"
    r"|lakota|sioux|apaches?|hopi|mohawk|cree|ojibwe|choctaw|comanche|iroquois|metis|first nations?|latin[oax]s?"
    r"|hispanics?|chican[oa]s?|puerto rican|mestiz[oa]|quechua|aymara|mapuche|mayan|creole|cajun|polynesian"
    r"|samoan|tongan|hawaiian|fijian|azeri|chechen|tatars?|circassian|ossetian|abkhaz|pashtuns?|hazaras?|tajiks?"
    r"|uzbeks?|turkmen|uy?igh?urs?|rohingya|hmong|hakka|sorbs?|basques?|catalans?|bretons?|walloons?|slavs?|slavic"
    r"|bosniaks?|kosovars?|punjabis?|tamils?|gujaratis?|bengalis?|sindhis?|baloch\w*|sinhalese|malayali|telugu"
    r"|kashmiris?|dalits?|brahmins?|ashkenazi\w*|sephardi\w*|mizrahi|bedouins?|druze|copts?|assyrians?|yazidis?"
    r"|afro-\w+|african[- ]americans?|asian[- ]americans?|mexican[- ]americans?|british[- ](?:asian|indian|nigerian"
    r"|pakistani|chinese)|south asians?|east asians?|west indians?|white british|hong ?konger|windrush"
    r"|biracial|mixed[- ](?:race|heritage)|fair-skinned|brown-skinned|light-skinned|olive-skinned)"
)
WOMEN: Final = (
    r"(?:anna|anne|ann|maria|mary|sarah|sara|emma|laura|julia|julie|lisa|nina|eva|ingrid|helga|karin|petra|sabine"
    r"|susan|susanne|claire|clara|kate|katie|catherine|katharina|jane|joanna|linda|lena|lucy|sophie|sofia|marta"
    r"|martha|nora|olga|irene|ruth|rachel|rebecca|hannah|helen|heather|fiona|gillian|carol|caroline|christine"
    r"|barbara|monica|monika|nicole|patricia|pauline|sandra|sharon|silvia|stephanie|steph|teresa|tina|ursula|vera"
    r"|victoria|wendy|yvonne|zoe|amy|alice|beth|bella|charlotte|chloe|debbie|diana|elena|ellen|emily|grace|jenny"
    r"|jessica|mia|molly|naomi|olivia|rosa|rosie|samantha|tanya|tracy|she)"
)
MEN: Final = (
    r"(?:john|jon|james|jim|jack|david|dave|peter|pete|paul|mark|mike|michael|tom|thomas|tim|tony|steve|stephen"
    r"|simon|rob|robert|bob|bill|will|william|ben|dan|daniel|christian|andrew|andy|alan|adam|anton"
    r"|bruno|carlos|charles|charlie|colin|craig|darren|derek|dirk|ed|eric|erik|felix|frank|fred|gary|geoff|george"
    r"|graham|greg|hans|harry|henry|hugo|ian|ivan|jens|joe|jonas|josh|juan|karl|keith|ken|kevin|klaus|kurt|lars"
    r"|leo|lewis|luis|luke|marco|marcus|mario|martin|matt|max|neil|nick|nigel|nils|oliver|oscar|otto|owen"
    r"|patrick|phil|ralph|ray|richard|roger|ron|roy|russell|ryan|scott|sean|stefan|stuart|sven|terry|toby|trevor"
    r"|walter|wayne|he)"
)

HARMLESS: Final = (
    # a name: “Mr Bishop”
    r"(?:mr|mrs|miss|ms\.|herr|frau|monsieur|madame|mme|mlle|senora?)\.? \w+",
    r"allergic to (?:spreadsheets?|forms|suits|hype|hurry|contracts|hard sells?)",
    r"paraly[sz]ed by (?:(?:the|too much) )?(?:choice|indecision|options|analysis|the strike)",
    r"suffer(?:s|ed|ing)? from (?:a )?(?:glut|surplus|backlog|jet ?lag|price|paperwork|red tape|success)",
    r"(?:catalogue|manual|handbook|price list|list|spreadsheet|book|magazine|guide) is (?:his|her|their) bible",
    r"pilgrim (?:pub|inn|hotel|arms|street|road|house)|gay (?:street|hill|meadow)|picket fenc\w+",
    r"shop ?front'?s (?:\w+ )*face ?lift|face ?lift for (?:the|our|his|her) (?:shop|store|brand|site|website|front)"
    r"|margins? (?:are|is)"
    r" an(?:a)?emic|an(?:a)?emic (?:sales|margins?|growth|demand|turnover)",
    r"minister of (?:fun|cake|coffee|tea|sound|silly)|rugby (?:union|league)(?: nut)?|(?:pipe|tap|brass"
    r"|barrel) unions?\b",
    r"(?:toy|model|dinky|vintage|old|restored|19\d\d)(?:,? (?:\w+ )?)ambulance",
    r"(?:roma|cajun|creole|basque|catalan|maya|hawaiian|apache|cherokee) (?:street|road|software|server|server|web)",
    r"baptism of fire|(?:second opinion|word|view|opinion) on the|gay (?:yellow|red|blue|pink|green|stripes)",
    r"fingerprints? (?:show|stay|mark)|convict (?:cove|rock|creek)|prison[- ]gr[ae]y|stole the (?:show|scene|day"
    r"|limelight)",
    r"robbed of (?:a |the )?(?:last|late|win|point|goal)|(?:cash|capital) injection",
    r"(?:left|right) wing (?:in|gets|of|is|was|next)",
    r"apache (?:server|licen[cs]e|helicopter)|jeep cherokee|grand cherokee|mohawk (?:haircut|carpet)"
    r"|sami\b(?= (?:from|at"
    r"|in|who|will|runs|wants|says|called|has))|creme brulee",
    rf"(?:{PEOPLE}|black|asian|caribbean|roma) (?:\w+ )?{GOODS}",
    r"terminal (?:\d|building|one|two|three|block|velocity)|(?:bus|ferry|container|airport|card|payment) terminals?",
    r"(?:wine|whisky|rum|cheese|horse|cattle|dog|sheep|lift|tooth|teeth|shelf|arm|knee|back)[- ]braces?\b",
    r"boils? (?:down|the|over|water|eggs|dry)|boil(?:ing)? ",
    r"piles? of|in piles|piling|stock ?piles?|wood ?piles?",
    r"affairs? (?:of|with the (?:accounts?|tax))|(?:family|current|public|consumer|corporate|black tie|grand|quiet"
    r"|small|big|lavish|state|foreign|formal) affairs?",
    r"(?:temple|chapel|priest|abbey|bishop|church|pope|parsons?)(?= (?:street|road|lane|avenue|meads|bar|hill|close"
    r"|view))"
    r"|(?:temple|priest|pope|parsons) (?:ltd|limited|and sons|& sons|brothers|inc|gmbh)",
    r"(?:caribbean|asian) (?:sea|cruise|weather|travel|branch|demand|growth|supply|expansion|tour)",
    r"served (?:four|five|ten|two|three|\w+) years (?:as|on the (?:board|committee|council)|in (?:the (?:army|navy"
    r"|guild)))",
    r"(?:raid(?:s|ed|ing)?) the (?:fridge|cellar|biscuit|stock|freezer|sale|larder|petty)|raided by (?:seagulls|wasps)",
    r"(?:medium|small|large|lucky|happy) (?:sized?|roast|dry|rare|term|size|scale)|happy medium",
)

SPECIAL: Final[dict[str, tuple[str, ...]]] = {
    "health": (
        # skin, teeth, belly
        r"rosacea|vitiligo|alopecia|acne\b|impetigo|scabies|nits\b|cold sores?|athlete's foot|(?:has|a|had|of|with|the)"
        r" (?:boils?|abscess)\b|abscess|root canal|dentures|false teeth|glass eye|night sweats|hot flush|palpitation"
        r"|gall ?(?:stones?|bladder)|jaundice|incontinen|bladder (?:trouble|problem|infection|control)|acid reflux"
        r"|h(?:a)?emorrhoid|(?:has|his|her|with|of|from|had) piles\b|fistula|diverticul|irritable bowel"
        r"|gluten[- ]free for",
        # blood, heart, nerves, glands
        r"an(?:a)?emic\b|h(?:a)?emophil|sickle cell|thalass|hashimoto|graves' disease|(?:addison|cushing|huntington"
        r"|hodgkin|menier|meniere|raynaud|sjogren|behcet|kawasaki|wilson|bell)'?s?'? ?(?:'s )?(?:disease|palsy"
        r"|syndrome)"
        r"|(?:meniere|raynaud|sjogren)'?s\b|(?:has|had|with|got|of|from|is) (?:addison|cushing|huntington|hodgkin)'?s\b"
        r"|guillain|myasthenia|marfan|ehlers"
        r"|fragile x|restless legs|cluster headache|mini-?strokes?|brain (?:bleed|damage|injury|scan|surgery|tumou?r)"
        r"|lewy body|als\b(?= )|a?fib\b|atrial|fibrillat|defibrillat|(?:double|triple|quadruple|quintuple|heart"
        r"|gastric) bypass"
        r"|had (?:a )?bypass|valve (?:replacement|repair|operation)|heart valve|dvt\b|varicose|hypos?\b|hypo(?:gly"
        r"|therm)"
        r"|(?:the|her|his|has|had|with) (?:fits|tia|ms|me|tb|als|hypo)\b(?= (?:again|last|since|in|at|and|is|has|got"
        r"|flar\w+|back|worse)|[,.;]|$)|m\.?s\.? flar|(?:ms|gout|eczema|back|colitis|crohn'?s|asthma|arthritis|sciatica"
        r"|lupus) (?:is |has been |keeps )?(?:flar\w+|playing up|acting up)|flare-?ups? of (?:his|her)",
        r"tia\b(?= (?:last|in|two|three)|[,.;])|tb\b(?= (?:as|in|again|clinic|test|when)|[,.;]|$)"
        r"|hep(?:atitis)? [abc]\b|hpv\b"
        r"|(?:has|had|with|of|got|living with|died of) aids\b|pleurisy|dengue|ebola|zika\b|m(?:onkey)?pox\b|measles"
        r"|mumps\b"
        r"|rubella|whooping cough|diphtheria|tetanus|rabies\b|norovirus|salmonella|listeria|food poisoning|frost ?bite"
        r"|heat ?stroke|sun ?stroke|(?:has|had|with|got|the|bad|down with|man) flu\b|glandular fever|scarlet fever"
        r"|mrsa\b"
        r"|tonsil|adenoid|appendix\b|wisdom teeth",
        # bones and muscles
        r"tennis elbow|golfer's elbow|rsi\b|repetitive strain|bunions?\b|hammer toe|plantar|heel spur"
        r"|(?:torn|ruptured|snapped|pulled|strained|tore|pulls|sprained|twisted|slipped|bruised|cracked)(?: (?:his|her"
        r"|an|a|the|my))? (?:\w+ )?(?:acl|achilles|cartilage|hamstring|tendons?|ligaments?|muscle|groin|calf|meniscus"
        r"|ankle|wrist|disc|rib|ribs|vertebra\w*|rotator cuff|cruciate)|vertebra|femur|tibia|fibula|metatarsal|patella",
        # body and mind
        r"personality disorder|(?:is|has|diagnosed|got) borderline\b|dysmorph|self[- ]?harm|gambling (?:addict\w*"
        r"|problem|habit)"
        r"|gambl(?:es|ed|ing) (?:away|addict\w*)|antabuse|in recovery\b(?! mode| (?:plan|phase))|pill popp|pops pills"
        r"|benzos?\b|vap(?:es|ing) weed|(?:coke|cocaine|heroin|drug|pill|speed) (?:habit|problem|use|user|addict\w*)"
        r"|(?:his|her|had a|having a|nervous|a|another|mental|complete|total|near) breakdown\b(?! (?:of|truck|cover"
        r"|service"
        r"|van|lorry))|stress leave|(?:fit|sick|doctor's) notes?\b|ssris?\b|lithium\b(?! (?:batter|ion|cell|supply"
        r"|price"
        r"|mine))|sectioned\b|cbt\b|emdr\b|electroshock|mental health|panic disorder|(?:feels?|been|very|so) suicidal",
        # at the end, in hospital
        r"(?:is|it's|its|was|she's|he's|went|as|illness|declared|now) terminal\b|inoperable|malignan|benign (?:lump"
        r"|growth"
        r"|tumou?r|cyst)|secondaries\b|immunotherap|(?:kidney|egg|sperm|organ|marrow|liver) donor|(?:a|the|his|her"
        r"|found"
        r"|another|with a|breast) lump\b(?! (?:sum|of))|growth on (?:his|her)|mole (?:removed|cut|checked)|lumpectom"
        r"|stair ?lift|care (?:assistant|plan for (?:his|her))|district nurse|respite|power of attorney"
        r"|memory clinic|casualty\b(?! of| list)|(?:on|in|to) ward \w+|in for observation|under the knife"
        r"|general an(?:a)?esthetic|epidural|burns unit|blue badge|mobility scooter|zimmer|registered (?:blind"
        r"|disabled)"
        r"|incapacity|occupational health|(?:bed|house)bound|detached retina|a lisp\b|cpap|psa (?:test|level|result)"
        r"|smear test|mammogr|dexa scan|pet scan|x-?ray of (?:his|her|the) |carer's allowance|disability (?:benefit"
        r"|pension|living)|(?:his|her|on) pip\b",
        # medicines and what is done to a body
        r"mounjaro|wegovy|saxenda|viagra|cialis|nurofen|zoloft|lexapro|cymbalta|seroquel|olanzapine|risperid|lamotrig"
        r"|gabapentin|pregabalin|naltrexone|buprenorphine|suboxone|propranolol|levothyrox|humira|methotrexate|tamoxifen"
        r"|herceptin|antihistamine|antibiotic|antiviral|antipsychotic|steroid|cortisone|chemo|hrt\b|bmi\b|underweight"
        r"|weight[- ]loss (?:jab|injection|surgery|drug)|slimming (?:jab|pill|club)|hair transplant|botox|face ?lift"
        r"|nose job|boob job|tummy tuck|liposuct|breast (?:implant|enlarge|reduction|surgery)|laser eye"
        r"|(?:for|helps) (?:his|her) (?:skin|gut|back|nerves|bowels|joints|blood|bladder|knees|ibs)\b",
        # children
        r"lost (?:the )?(?:twins|triplets)\b|lost (?:a|the|her|their) (?:son|daughter|child) at \w+ (?:weeks|months)"
        r"|pcos\b|fibroids?\b|c-section|caesar|pre-?eclamps|in labour|water(?:s)? broke|went into labour"
        r"|expecting\b(?=,?"
        r" (?:due|any day|in (?:january|february|march|april|may|june|july|august|september|october|november|december"
        r"|the"
        r" (?:spring|summer|autumn|winter))))|expecting, |morning sickness|baby (?:due|bump|on the way)|egg freez"
        r"|sperm",
    ),
    "religion": (
        r"c of e\b|episcop|lds\b|latter[- ]day|christian scien|maronite|ahmadi|ismaili|alawi|parsi\b|parsee"
        r"|zen\b(?! garden)"
        r"|taois|shinto\b|baha'?i|confucian|humanist (?:society|ceremony|wedding)|(?:reads|studies|quotes|the"
        r"|bhagavad) gita\b|(?:did|on|finished|his|her) (?:\w+ )?mission (?:in|to) (?:peru|africa|brazil|mexico|india"
        r"|the"
        r" philippines|chile|utah|kenya|haiti)|alpha course|knights of columbus|iglesia|falun|santeria|voodoo|candomble"
        r"|umrah|a cult\b(?! (?:following|film|classic|brand|favou?rite))|cult (?:member|leader)|spiritualist|seance"
        r"|crystal heal|reiki|(?:psychic|clairvoyant) medium|(?:keeps|for|during|observes|gave up \w+ for"
        r"|given up \w+ for)"
        r" lent\b|(?:goes to|to|attends|at|after|before|sunday|morning|midnight|every) mass\b(?! (?:market|production"
        r"|mail))|(?:the|a|his|her|their|parish|to be a|catholic|former|ex-?|his brother is a) priest\b|priesthood"
        r"|(?:goes to|attends|at|to|in|hindu|sikh|buddhist|jain|the local|methodist|baptist"
        r"|sings in) (?:the )?(?:temple"
        r"|chapel)\b|fasts\b|fasting (?:month|day|for|until|till|this)|convert(?:s|ed)? to (?:islam|christ\w+|judaism"
        r"|buddhism|catholic\w*|hindu\w*)|(?:a|recent|catholic|muslim|jewish|new) convert\b|knocks on doors for"
        r"|kingdom hall|watchtower magazine|gospel (?:choir|hall|singer)|prayer|theolog|seminary|seminarian|scripture"
        r"|apostolic|charismatic church|house church|mega-?church|baptis|christen(?:ed|ing)|confirm(?:ed|ation) (?:in"
        r"|at)"
        r" (?:the|st)|blessed by|nunnery|convent girl|altar (?:boy|girl|server)",
    ),
    "politics": (
        r"gop\b|die grunen|(?:die|the) linken?\b|psoe\b|partido popular|pis (?:voter|man|woman|supporter|party)"
        r"|civic platform"
        r"|akp\b|hdp\b|chp\b|maduro|trotsky|mao(?:ist|ism)|lenin(?:ist|ism)|stalin(?:ist)?|marxis|anarchis|libertarian"
        r"|fascis|centrist|populist|liberal values|supporter of independence|independence (?:for|of) (?:catalonia"
        r"|scotland"
        r"|wales|kurdistan|quebec|flanders|corsica)|indyref|xr\b(?= )|extinction rebel|greenpeace|peta (?:member"
        r"|activist)"
        r"|hunt sabot|animal (?:rights|liberation)|qanon|great reset|chemtrail|(?:campaign|fundrais|canvass|leaflet"
        r"|door-?knock"
        r"|phone[- ]bank)\w*(?: \w+){0,2} for (?:the (?:party|greens|left|right|tories|yes|no|mp|mayor|senator"
        r"|candidate)"
        r"|labou?r|her mp|his mp|trump|biden|harris|remain|leave|starmer|sunak)|fundraiser for the party|door-?knocking"
        r"|(?:an|the|local|her|his|ex-|former|tory|labou?r|their) (?:mp|mep|msp|td|senator|congressm[ae]n|councillor)\b"
        r"|(?:protest|peace|climate|farmers'|pride|palestine|gaza|israel|ukraine|anti-war|women's|hunger|student"
        r"|freedom"
        r") (?:march|rall(?:y|ies)|demo|demonstration|camp|movement)|marche[sd] (?:for|against|with)|demonstrat(?:es"
        r"|ed|ing)"
        r" (?:for|against)|boycott(?:s|ed|ing)? (?:israel\w*|russian|american|chinese|anything (?:israeli|russian"
        r"|american"
        r"|chinese))|(?:refuses|won't) to (?:stock|buy|sell) anything (?:israeli|russian|american|chinese)"
        r"|supports (?:ukraine|israel|palestine|russia|hamas|the kurds)|hamas\b|hezbollah|tax the rich|eat the rich"
        r"|borders (?:closed|shut|open)|welfare (?:scroung\w*|queen)|benefit scroung|scroungers|culture wars?"
        r"|fabian (?:society|socialist)|jacobite|monarch(?:ist|y should)|republican at heart|(?:bernie|starmer|sunak"
        r"|rishi"
        r"|keir|nigel|kamala|aoc|trump|biden|farage|corbyn|thatcher|le pen|meloni|netanyahu|erdogan|zelensky|putin)"
        r" (?:supporter|fan|fanatic|voter|man|woman|admirer|hater|hat|badge|donor|rally|sticker|poster|bumper)"
        r"|max(?:imum|ed out)? donation|political donation|super pac|(?:gun|abortion|trans|migrant|reproductive) rights"
        r"|nra\b|moms for|eurosceptic|europhile|remoaner|brexit|little englander|union of the right|separatis",
    ),
    "sex life": (
        r"gender[- ]?(?:fluid|queer|neutral person)|(?:came|come|coming) out (?:to (?:the team|everyone|everybody"
        r"|(?:his|her|their) (?:parents|family|wife|husband|mother|father|mum|dad|boss|colleagues|staff|sister"
        r"|brother|kids"
        r"|children|team|friends))|as (?:gay|bi|trans|a)|at (?:work|sixteen|forty|fifty))|(?:recently|finally"
        r"|just) came out\b"
        r"(?! (?:of|with|on|the|from|to))|lap ?danc|dominatrix|sexless|separate beds|cross-?dress|they/them|she/they"
        r"|he/they"
        r"|(?:has|had|having|an|their|secret|long|his|her|office|torrid|extramarital) affair\b(?! of| with (?:the sea"
        r"|food))"
        r"|(?:flirts|flirted) (?:with|outrageously)|(?:a|his|her|had a|huge) crush (?:on|for)|(?:had|having|a|brief"
        r"|summer)"
        r" fling\b|toy ?boy|(?:a|real|proper) cougar\b|(?:bat|play|swing)(?:s|ted|ting|ing)? (?:for (?:the"
        r"|both) (?:other )?"
        r"(?:team|side|teams|sides)|both ways)|swing(?:s|ing|ers)? (?:at|on) (?:weekends|the weekend|saturdays)"
        r"|confirmed"
        r" bachelor|(?:likes|dates|prefers|fancies|goes for|chases) (?:younger|older|married) (?:women|men|girls|boys)"
        r"|nudes\b|(?:the|sends|sent|swaps|his|her) nude (?:pic\w*|photo\w*|selfie\w*)|sext(?:s|ing|ed)\b|sleep(?:s"
        r"|ing) (?:with|around)"
        r"|slept (?:with|around)|in bed with (?:the|his|her) (?:\w+ )?(?:director|manager|rep|accountant|driver"
        r"|foreman|chef"
        r"|client|boss|trainer|nanny|au pair)|(?:no action|nothing happens) (?:at home|in (?:the )?bed)"
        r"|haven't (?:touched|slept)|(?:his|her|their) marriage is (?:over|dead|a sham|finished)|trousers down",
        rf"{WOMEN}(?:'s| and her| has a| is with her| with her) wife\b|{MEN}(?:'s| and his| has a| is with his"
        rf"| with his)"
        r" husband\b|(?:her|two|same-sex|with her) wi(?:fe|ves)\b(?<!his wife)|his (?:husband|fiance|boyfriend|fella"
        r"|bloke)\b"
        r"|two (?:mums|dads|mothers|fathers)\b|hinge (?:date|profile)|(?:on|met on|from|uses) (?:tinder|hinge|grindr"
        r"|bumble)\b",
    ),
    "ethnicity": (
        rf"{PEOPLE}\b(?! (?:\w+ )?{GOODS})",
        r"(?:is|are|was|only|she's|he's|being|a|the|an|one|both|proud|young|first|how|as a) (?:black|asian|caribbean)"
        r" (?:guy|man|woman|lad|lass|girl|boy|person|buyer|manager|director|family|couple|owner|chap|fella|kid|lady"
        r"|colleague|partner|\w+ (?:owner|manager|in (?:the|town)))|(?:is|are|she's|he's|being) (?:black|asian"
        r"|caribbean|arab)\b"
        r"(?= and|[,.;]|$)|(?:thai|filipina|russian|ukrainian|colombian|brazilian|moroccan|nigerian|chinese|japanese"
        r"|indian|polish) (?:wife|husband|mother|father|mum|dad|parents|grandm\w+|grandf\w+|roots|blood|stock|family)\b"
        r"|(?:honduran|guatemalan|salvadoran|nicaraguan|ecuadorian|bolivian|paraguayan|venezuelan|dominican|panamanian"
        r"|bangladeshi|algerian|egyptian|somali|ethiopian|eritrean|taiwanese|filipin[oa]|sri lankan|nepali|burmese"
        r"|cambodian|laotian|malay|angolan|congolese|cameroonian|ghanaian|gambian|zimbabwean|ugandan|tanzanian|rwandan"
        r"|sudanese|yemeni|jordanian|iraqi|syrian|lebanese|palestinian|afghan|iranian) (?:stock|blood|family|parents"
        r"|community|origin\w*|descent|heritage|background|mother|father|mum|dad|wife|husband|roots|himself|herself"
        r"|refugee\w*)"
        r"|(?:is|he's|she's|are|family's|not) (?:bangladeshi|algerian|egyptian|somali|ethiopian|eritrean|filipin[oa]"
        r"|iraqi|syrian|lebanese|palestinian|afghan|iranian|nigerian|ghanaian|kenyan|pakistani|jamaican)\b(?! (?:made"
        r"|rugs?))",
        r"(?:turkish|polish|russian|german|chinese|iranian|persian|indian|serbian|croatian|romanian) not (?:turkish"
        r"|polish"
        r"|russian|german|chinese|arab|arabic|pakistani|serbian|croatian|romanian|hungarian)(?= *[,.;]|$)"
        r"|mother tongue (?:is )?(?:farsi|arabic|turkish|urdu|polish|russian|hindi|punjabi|somali)|speaks (?:farsi|urdu"
        r"|tigrinya|somali|arabic|punjabi|turkish|kurdish|polish|yoruba|tagalog|twi|bengali) (?:at home|with (?:his"
        r"|her)|to"
        r" (?:his|her))|accent (?:gives|shows|says|betrays)|diaspora|(?:grand)?parents (?:from|fled|came) (?!the )\w+"
        r"|(?:born|grew up|raised) in (?:lagos|accra|mumbai|delhi|karachi|lahore|dhaka|kabul|tehran|baghdad|damascus"
        r"|aleppo|beirut|cairo|casablanca|algiers|tunis|istanbul|ankara|izmir|kingston|port-au-prince|bogota|lima"
        r"|manila|hanoi|saigon|shanghai|beijing|moscow|kyiv|bucharest|sofia|tirana|pristina|sarajevo|mogadishu|nairobi"
        r"|addis ababa|asmara|khartoum|kinshasa|dakar)|(?:moved|came) (?:here|over) from (?:aleppo|damascus|kabul"
        r"|baghdad"
        r"|tehran|mogadishu|asmara|lagos|homs|mosul)|(?:half|part|is) sami\b|sami (?:famil|people|roots|herit"
        r"|reindeer)|afrikaner|boer (?:stock|family)|irish travell?er|(?:travell?er"
        r"|gypsy) (?:family|families"
        r"|community|lad"
        r"|site|camp|background|stock|blood)|mob (?:is|are) \w+",
    ),
    "union": (
        r"(?:a|the|their) rep (?:for|of|in) the (?:cwu|pcs|nut|bma|rcn|fbu)|(?:aslef|nasuwt|fbu|nuj|ibew|ufcw|seiu"
        r"|bectu|tssa|rmt|usdaw|unison|gmb|unifor|cisl|cgil|cfdt|afl-cio|cosatu"
        r"|bfawu"
        r"|ver\.?di|igbau|ucu|pcs union|neu|fnv|evg\b|solidarnosc|force ouvriere)\b|(?:bma|rcn|unite|prospect|equity"
        r"|bfa"
        r"|nut|actors' equity|police federation|nfu) (?:member|rep|card|delegate|official|organi[sz]er|shop steward)"
        r"|local \d{1,4}\b(?! (?:customers|shops|people|numbers?|time|jobs))|fo delegate|closed shop|branch secretary"
        r"|(?:organi[sz]"
        r"|union)(?:es|ed|ing) (?:the )?(?:warehouse|floor|depot|kitchen|shop floor|plant|drivers|staff|workforce)"
        r"|labou?r (?:organi[sz]er|activist|movement)|wildcat|walked (?:out|off the job)|(?:strike|picket) (?:fund"
        r"|duty|line)"
        r"|union (?:rep|man|woman|member|card|dues|subs|meeting|official|delegate|lawyer|contract|shop|branch|busting"
        r"|hall)",
    ),
    "biometrics": (
        r"(?:by|from) (?:his|her|their) gait\b|(?:ear|face|hand|skull) measurements|(?:index|thumb|middle|right"
        r"|left) finger ?prints?"
        r"|gait\b(?= (?:analysis|signature|profile|recognition|pattern|scan|data|record|saved|on file))"
        r"|(?:keystroke|typing|keyboard|mouse|walking|signature|heart-?rate|heartbeat|speech|voice|blink) (?:dynamics"
        r"|rhythm"
        r"|cadence|signature|biometr\w*|fingerprint)|brain ?wave|facial (?:geometry|features?|recognition|scan|map"
        r"|image"
        r"|template|match)|face (?:match|map|template|geometry|data|vector)|(?:all )?(?:ten|full set of|set of|index"
        r"|thumb"
        r"|palm|finger) prints?\b|retinas?\b(?! display)|iris (?:on file|code|image|template|record|data|scan|print)"
        r"|(?:his|her|their) (?:template|biometrics?|vein pattern|blood (?:type|group))|liveness (?:check|test)|biometr"
        r"|blood (?:type|group) |dna\b(?! of)|brca|23 ?and ?me|genom|genetic",
    ),
    "criminal record": (
        r"duis?\b|dwis?\b|owi\b|asbo\b|gbh\b|abh\b|mug ?shot|rap sheet|banning order|electronic(?:ally)? (?:monitor"
        r"|tag)"
        r"|(?:got|given|received|a|two-year|with a) suspended\b(?! (?:ceiling|floor|lamp|from|by))|(?:a|police|got a"
        r"|formal)"
        r" caution\b(?! (?:sign|tape|about))|identity theft|hack(?:ing|er) (?:charge|conviction)|juvenile (?:record"
        r"|offen"
        r"|court|detention)|dbs (?:check )?(?:came|flag|fail|show)|(?:on trial|convicted|sentenced|cleared|acquitted"
        r"|accused|up) (?:for|of) (?:murder|assault|robbery|arson|rape|possession|trafficking|stalking|theft|fraud"
        r"|forgery)|(?:murder|assault|robbery|arson|rape|possession|trafficking"
        r"|stalking|harassment|child abuse|vandalism|theft|fraud) (?:charge|case|conviction|trial|record|rap|sentence"
        r"|allegation)"
        r"|(?:the|a|crown|magistrates'?|his|her|county) court (?:case|date|hearing|appearance|order|ruling)|crown court"
        r"|magistrates|jury (?:found|convicted|acquitted|cleared)|(?:barred|banned|disqualified|struck off) (?:as"
        r"|from being)"
        r" (?:a )?(?:company )?director|disqualified director|(?:ran|running|runs|mixed up) with (?:a|the|some) gang"
        r"|gang (?:member"
        r"|past)|football hooligan|served (?:two|three|four|five|six|seven|eight|ten|\d+|eighteen) (?:years"
        r"|months)\b(?! (?:as|on))"
        r"|grow(?:s|n|ing)? (?:weed|pot|dope|cannabis|marijuana)|grew (?:weed|pot|dope)|cannabis (?:farm|plants)"
        r"|in custody"
        r"|(?:child|sex) (?:abuse|offen\w+)|rapist|murderer|fraudster|arsonist|contempt of court|(?:police|hmrc|cops"
        r"|customs|feds) (?:raid|raided|nicked|arrested)|blows into a",
    ),
}
