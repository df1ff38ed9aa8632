"""What people say instead of the word: “can't manage the stairs”, “has a record”. English, by ground. Flat text."""

from typing import Final

from secrets_manual.rules.special_english import COUNTRIES, KIN

SENSES: Final = r"(?:hair|hearing|sight|eyesight|vision|memory|voice|balance|mind|sense of (?:smell|taste)|baby)"
OFFICES: Final = r"(?:government|chancellor|president|prime minister|ministers?|politicians?|senator|regime)\b"
NATIONS: Final = (
    r"(?:cherokee|navajo|sioux|apache|mohawk|cree|metis|kurd|kurdish|berber|yoruba|igbo|hausa|zulu|xhosa|tatar|uzbek"
    r"|uighur|pashtun|hazara|tamil|sinhalese|han chinese|hmong|basque|creole|bedouin|druze|copt|ashkenazi|sephardi)"
)

HARMLESS: Final = (
    r"(?:old|former|disused) (?:prison|jail|gaol|convent|monastery|church|chapel|synagogue|hospital)",
    r"(?:doctor|dentist|vet)'?s'? surgery|surgery (?:next door|opposite|across|down the road|hours)",
    r"church clock|parish (?:fair|fete|hall|newsletter|raffle|magazine)|chapel (?:on|flowers|street)",
    r"(?:love )?affairs? with (?:\w+ )?(?:art|music|jazz|food|wine|cooking|cars|cheese|chocolate|books"
    r"|sailing|the sea)",
    r"sober (?:design|style|colou?rs?|look|numbers?|figures?|judge?ment|tone|suits?|dress|assessment)",
    r"(?:has|had|holds|with|set|broke) (?:a|the) record (?:of|collection|player|shop|number|year|order|time|harvest"
    r"|deal|turnover|label|store|for (?:the|on)|crop|price|season)",
    r"new back (?:door|room|yard|office|wall|entrance|cover|panel)|(?:test|scan) results of the (?!biopsy|scan|blood)"
    r"|injections? (?:mou?ld|of (?:cash|capital|money|life|energy))|pilgrim (?:falcon|boots)"
    r"|pilgrims' (?:inn|hotel|way sign)|minister of (?:trade|finance|health|economy|culture|transport)"
    r"|suppl\w+ (?:a|two|three|the|several"
    r"|\w+) (?:nursing|care)"
    r" homes?|robbed of (?:a|his|her|their|our) (?:good|night|sleep|chance|win)|temple of (?:wine|food|taste|fashion)"
    r"|strike at the port|fasting is not|(?:town|city|county) council (?:is|was|orders?|ordered|owes|pays"
    r"|buys|bought|wants)"
    r"|checkpoint charlie|for both (?:shops|of)",
    r"(?:rice|cost|stage|computer|stock) vision|mind map|hair salon",
    r"(?:coffee|tea|sugar|salt|chocolate|shopping|work|collect\w*) (?:addict|junkie|withdrawal)",
)

SPECIAL: Final[dict[str, tuple[str, ...]]] = {
    "health": (
        # aids and treatments
        r"inhaler|nebuli[sz]er|catheter|colostomy|stoma\b|oxygen (?:tank|bottle|mask|at night)|on a drip"
        r"|injections?\b"
        r"|beta[- ]?blocker|statins?\b|steroids|ritalin|xanax|prozac|valium|lithium (?:for|since|tablets)|ozempic"
        r"|methadone|sleeping (?:pills?|tablets?)|(?:takes?|taking|on|needs?|swallows) (?:\w+ )?(?:pills|tablets|meds"
        r"|drops for|tranquilli[sz]ers)\b",
        r"mri\b|ct scan|x-?rays?\b (?:of|on|show)|mammogram|colonoscopy|blood (?:tests?|results|count|work)|(?:test"
        r"|scan|biopsy) results|second opinion|check-?up (?:at|for|found)|(?:the|this|her|his|from) treatments?\b"
        r"(?= (?:and|is|makes|tires|for|at|in|works|has|left|every|hits)|[,.;]|$)|physio",
        r"(?:walking|mobility) (?:aid|stick|frame)|rollator|ambulance|paramedic|defects? (?:since|from|at"
        r"|of the) (?:birth|heart)"
        r"|(?:heart|birth|kidney|spine|lung|eye|hearing) defects?|(?:born|live[sd]?) with (?:a"
        r"|only) (?:\w+ )?(?:defect|condition"
        r"|kidney|hole)|sugar in (?:the|his|her) blood|(?:her|his|the) test (?:came back|was|is) (?:positive"
        r"|negative)"
        r"|(?:can't|cannot|mustn't|must not|may not|not allowed to|no longer) (?:eat|drink|have|tolerate"
        r"|touch) (?:any )?(?:gluten"
        r"|wheat|milk|dairy|nuts|eggs|fish|shellfish|salt|sugar|alcohol)",
        # what does not work any more
        r"(?:can't|cannot|can not|couldn't|can no longer|no longer|hardly|barely|unable to)"
        r"(?: \w+)? (?:walks?|sees?|hears?|stands? (?:up|long|for)|breathes?|climbs?|swallows?|manages? (?:the|a|any)"
        r" (?:stairs|steps|walk)|use (?:his|her) (?:arm|leg|hand)|get out of bed|lift (?:his|her|a|anything)|drive)\b"
        r"(?! (?:why|how|the point|himself|herself|eye to eye|a (?:sale|reason|point)))",
        rf"(?:los(?:es|ing|t)|failing|fading) (?:his|her|their) {SENSES}\b|(?:his|her|their) {SENSES} (?:has|is|are"
        r"|was) (?:\w+ )?(?:gone|going|failing|fading|bad|poor|weak|leaving)|hearing (?:has gone|is going|is bad"
        r"|loss)|going (?:deaf|blind|grey from)",
        r"since (?:the|his|her|a|that) (?:fall|accident|crash|operation|attack|collapse|diagnosis|illness)\b"
        r"|fell down"
        r" the stairs|(?:short|out) of breath|breathless|never got (?:his|her) breath back|dizz(?:y|iness)|faint(?:s"
        r"|ed|ing)\b|black-?outs?\b|collapsed (?:at|in|on|last|during)|tremor|hands? (?:shak|trembl)|unsteady on"
        r"|memory (?:is|has) (?:going|gone|failing)|memory loss|gets? (?:very )?confused|nosebleed",
        # drink, food, despair
        r"(?:months?|years?|days?|weeks?|now|been|stays?|gone|got|getting|is|clean and|cold|stone) sober\b"
        r"|sober (?:since"
        r"|for|now|and|again)|on the wagon|off the (?:booze|bottle|drink)|drinking (?:problem|too much|again|heavily)"
        r"|drinks? (?:before|from|by) (?:noon|ten|nine|lunch|breakfast|morning)|the shakes\b|shakes in (?:his|her)"
        r"|hits the bottle|too fond of (?:the bottle|a drink)|hung ?over every|overdos|(?:clean"
        r"|off drugs) (?:since|for)",
        r"(?:not|stopped|isn't|hardly) eating\b(?! (?:out|here|there|at))|skin and bones|(?:very|so|terribly"
        r"|painfully)"
        r" thin\b|lost (?:a lot of|so much|too much) weight|vomit|throw(?:s|ing)? up (?:before|after|every)|binge",
        r"(?:took|taken|take|tried to take|ended|end|tried to end) (?:his|her|their) (?:own )?life\b|dark thoughts"
        r"|feels? (?:very )?low\b|cries (?:a lot|every|at|for|in)|mood swings|hears voices|meltdown|stopped coping"
        r"|can't cope|fell apart after|sleeps? (?:badly|poorly) since|nightmares",
        # children
        r"(?:trying|tried|hoping) for (?:a |another )?(?:baby|child|children)|can't have (?:children|kids"
        r"|a baby)|fertility"
        r"|sperm|egg donor|surrogate|pregnan|stillb|premature(?:ly)? (?:baby|twins|born)|born (?:too early|premature)"
        r"|morning sickness|menopaus|period pains?|hot flush",
        r"(?:last|final) (?:weeks|months|days) (?:of (?:his|her) life|to live)|won't (?:see|make it to) (?:christmas"
        r"|the summer|spring)|life support|intensive care|in a coma|care home|nurs(?:e|es|ing) (?:comes|home"
        r"|care|visits)"
        r"|carer\b|care level|bedridden|housebound|special diet|vaccin",
    ),
    "religion": (
        r"pilgrim|camino\b|jesuit|franciscan|benedictine|dominican (?:school|monk|nun|order|friar)|opus dei"
        r"|salvation army"
        r"|freemason|masonic|zen (?:monk|master|retreat|buddh)|hare krishna|druid|moonie",
        r"faith (?:matters|means|is|comes|keeps|helps|carries|group|community|school|guides|forbids)|of (?:no"
        r"|little) faith"
        r"|people of the book|man of (?:the cloth|faith)|holy (?:week|communion|land|book|day|spirit|ghost)"
        r"|the lord\b(?!"
        r" mayor)",
        r"fasting\b|(?:between|from) (?:sunrise|dawn) (?:and|to|till|until) (?:sun(?:set|down)|dusk)\b(?= this)"
        r"|(?:before|until|after) sun(?:set|down)\b(?= (?:prayer|meal|this|on friday|during)|[,.;]"
        r"|$)|breaks? the fast"
        r"|(?:eats?|touches?|serve (?:him|her)) no (?:pork|ham|bacon)|(?:no|not|never|doesn't|don't"
        r"|won't) (?:eat|touch"
        r"|serve)s? (?:any )?(?:pork|ham|bacon|beef)\b|meat(?:less)? on fridays|no (?:work|calls|phone) on (?:the )?"
        r"(?:sabbath|saturdays for)",
        r"sermon|minister of|(?:sunday|friday|evening|religious) (?:service|prayers?)|prayer|blessed (?:by"
        r"|the shop|her"
        r"|his)|(?:goes to|attends|at the|to the) temple\b|shrine|altar\b|incense|rosaries|chaplain|bishop"
        r"|cathedral choir"
        r"|choir at (?:the |st)|observant|born into a (?:strict|religious)|godless|heaven\b(?! on earth)|sinful?\b"
        r"|saints?\b(?= (?:in|at|on|of|for|every|and)|[,.;]|$)|lights? (?:a )?candles? (?:for|to|in)"
        r"|all souls|good friday"
        r"|commandments|excommunic|left the (?:church|faith|order|witnesses)",
    ),
    "politics": (
        r"party (?:secretary|official|functionary)"
        r"|(?:can't|cannot|could not|couldn't)? ?(?:stand|bear|loath\w*|hat(?:es?|ed)|despis\w*|admir\w*"
        r"|lov(?:es|ed)|support\w*"
        r"|backs?|blam\w*|curs\w*|against|detest\w*) (?:the|our|this) (?:new |old |present |current |last |next )?"
        rf"{OFFICES}",
        r"(?:immigrants|foreigners|migrants|refugees|asylum seekers) (?:should|go home|out|are (?:to blame"
        r"|ruining|taking)"
        r"|take our)|(?:too many|against|hates|blames) (?:immigrants|foreigners|migrants|refugees)"
        r"|against immigration"
        r"|immigration (?:polic|views|is)|close the borders",
        r"(?:chairs?|runs|heads|leads|joined|left|founded|treasurer of|secretary of|chair of|member of"
        r"|branch of) (?:the|his"
        r"|her|our) (?:\w+ )?(?:labou?r|conservative|green|liberal|socialist|tory|republican|democrat\w*|left"
        r"|nationalist)"
        r"(?: \w+)? (?:branch|group|association|party|list|caucus|wing|councillors?|ticket)\b|labou?r branch",
        r"(?:resigned|quit|expelled|thrown out|kicked out) (?:from |of )?(?:the|his|her) (?:\w+ )?party\b"
        r"|party over the"
        r"|(?:his|her|their) party (?:won|lost|is|was|has|wants)|party (?:chair|leader|treasurer|line|faithful)",
        r"elections? (?:was|were|is) (?:stolen|rigged|a fraud)|stolen election|rigged|conspiracy theor"
        r"|deep state|anti-?vax"
        r"|lying press|mainstream media|great replacement|reichsb|sovereign citizen|flat earth",
        r"(?:stands?|stood|ran|running|runs) (?:for|against) (?:the )?(?:\w+ )?(?:seat|district|county"
        r"|town hall|state)"
        r"|ballot|on the (?:party|electoral) list|polling|petition(?:s|ed|ing)? against|referend"
        r"|abolish (?:the|borders)"
        r"|(?:about|against|hates|loathes|for|leave|left|anti) the (?:eu|european union|state|system"
        r"|establishment|elite)\b"
        r"|(?:against|for|anti-?|pro-?) ?(?:nuclear (?:power|energy)|fracking|abortion|the pipeline"
        r"|the wind ?farms?|capitalism"
        r"|globali[sz]ation|rearmament|conscription)\b|(?:never|not|doesn't|won't|would never|refuses to"
        r"|always) votes?\b(?= *[,.;]|$)"
        r"|all crooks|those (?:up there|in (?:berlin|brussels|westminster|washington|power))|marches (?:too"
        r"|for|against|every)"
        r"|revolution(?:ary)? (?:at heart|ideas)|squatt(?:er|ed)|occup(?:y|ied) (?:the|a) (?:forest|square|house)"
        r"|(?:ukraine|palestin\w+|israel|rainbow|imperial|confederate) flag|free palestine|tea party (?:man|activist"
        r"|supporter)|welfare state|gun laws|border wall|cancel culture|woke\b(?! up)",
        r"(?:mp|mep)s?\b(?= (?:for|in|and|since|friend))|deputy mayor|(?:sits|sat|seat) (?:on|in"
        r"|for) (?:the )?(?:town"
        r" council|city council|council for|county council|parliament|regional assembly)|city counci|town council",
    ),
    "sex life": (
        r"dating (?:apps?|sites?)|(?:marriage|relationship) is (?:an )?open|open about (?:his|her"
        r"|their) (?:marriage|love)"
        r"|on the side\b(?= (?:in|with|for|since)|[,.;]|$)(?<!(?:salad|sauce|chips) on the side)|two-?tim"
        r"|someone else's"
        r" bed|sugar (?:daddy|baby)|friends with benefits|love child|illegitimate",
        r"(?:used|wants) to be a (?:wom[ae]n|man|girl|boy)\b|born (?:as )?a (?:boy|girl|man|woman)\b"
        r"|changed (?:sex|gender"
        r"|\w+ gender)|sex change|gender\b|hormone|deadname|(?:he|she|they) (?:was"
        r"|were) (?:called )?\w+ before the operation",
        r"(?:sees|seeing|meets|meeting|has|had|found) (?:another|a married|a younger|somebody'?s"
        r"|someone'?s) (?:wom[ae]n|m[ae]n"
        r"|wife|husband)\b|ran off with|left (?:his|her) (?:wife|husband) for|the other (?:man|woman)\b|(?:a"
        r"|his|her) second (?:woman"
        r"|wife|family|household) in|(?:another|a second) (?:woman|man|family) in|(?:prefers|likes|loves"
        r"|fancies|into) (?:men|women"
        r"|boys|both)\b(?! who| with|'s)|red[- ]light|transitioned (?:in|last|at|to)|nightclub girls"
        r"|peep ?show|massage parlour|(?:caught|found) in bed|kiss(?:ed|ing) (?:the|his"
        r"|her|a) (?:\w+ )?(?:boss|colleague|secretary|intern|apprentice|neighbour|supplier|bookkeeper)"
        r"|no longer share a bed"
        r"|separate bedrooms|bedroom (?:problems|trouble)",
        r"(?:his|with his) (?:boyfriend|male partner)|(?:her|with her) (?:girlfriend|female partner)"
        r"|two (?:dads|mums)",
    ),
    "ethnicity": (
        r"really from\b|(?:dark|black|brown|light|white|yellow) skin\b|because of (?:his|her|their) (?:skin"
        r"|colou?r|looks"
        r"|accent|name|origins?)|(?:his|her|their) skin (?:is|was)\b|deported|danube swabian|silesian|sudeten"
        r"|expelled (?:in|from|after)|sint[oi]\b|died in (?:the|a) camp|camp survivor"
        r"|surviv(?:ed|or of) the camps"
        r"|concentration camp|resettle[rd]|ghetto|holocaust|shoah|pogrom|genocide"
        r"|slave(?:s|ry)\b|apartheid|segregat|colonial (?:family|past)|anti-?semit|xenophob",
        rf"adopted from (?:\w+ )?{COUNTRIES}|(?:{KIN}|wife|husband|\w+'s (?:mother|father|family)) (?:is|are"
        rf"|was|were)"
        rf" (?:a |an |half |part )?{NATIONS}\b|(?:a|an|half|part|proud|speaks|first|only"
        rf"|the) {NATIONS}\b(?! (?:rugs?|carpets?"
        r"|cakes?|chicken|food|sauce))",
        r"(?:polish|german|russian|hungarian|american|moroccan|french|ukrainian|iraqi|persian) jews?\b"
        r"|(?:only|first|a|the)"
        r" (?:asian|african|arab|black|foreign|brown) (?:owner|face|family|boss|woman|man|person|member|in the)"
        r"|(?:north|west|east|sub-saharan) african\b(?! (?:rugs?|food|market|coffee))|people think (?:he"
        r"|she) is (?:foreign|not"
        r" from)|not a (?:real|proper) (?:german|dane|swede|american|frenchm|english)|born abroad|mother tongue is"
        r"|(?:came|arrived|fled) (?:here )?(?:as a (?:refugee|child refugee)|by boat|on a boat|over the mountains)"
        r"|boat refugee|residence permit|work permit|stateless|citizenship|passport (?:from|of) (?!the)",
    ),
    "union": (
        r"(?:joined|in|with|for|left|rep for|member of) (?:unite|unison|gmb|ver\.?di|ig bau|unia|cgt|cfdt|3f|hk"
        r"|prospect|equity|aslef|nasuwt)\b(?! the)|unionis|organi[sz](?:e|es|ed|ing) (?:the|her|his|their) (?:staff"
        r"|workers|bakers|drivers|colleagues)|workers'? (?:rights|delegate|committee|struggle)|(?:shop|father"
        r"|mother) of"
        r" the chapel|downed tools|(?:negotiat\w+|bargain\w+|fights?|fought|spoke) (?:the )?(?:wages?|pay"
        r"|conditions) (?:\w+ )?for|(?:metal"
        r"|dock|steel|mine|rail|farm)workers\b(?= (?:for|at|and|in|since|last)|[,.;]|$)|walk-?out\b|work(?:s"
        r"|ed)? to rule|wage (?:dispute|round)|(?:union|labou?r) (?:dispute"
        r"|bulletin|newspaper|magazine|badge|banner|secretary|convenor)|convenor|staff (?:spokes|deleg)"
        r"|blackleg|scab\b"
        r"|strike(?: at| in|bound|-?break)|went on strike|collective agreement",
    ),
    "biometrics": (
        r"(?:scans?|scanned|scanning|reads?|recogni[sz]es?|measures?|identif\w+|unlocks? (?:with"
        r"|by)) (?:\w+ )?(?:his|her|their"
        r"|the owner's|everybody's|staff) (?:face|eyes?|hands?|palms?|iris|fingers?|veins?|retinas?|gait)\b"
        r"|face unlock|touch"
        r" id\b|(?:with|by|of) (?:his|her|their) (?:finger|palm|face|iris)\b(?= (?:opens|unlocks|at the door"
        r"|instead)|[,.;]|$)"
        r"|(?:opens|unlocks|starts|works|pays|clocks? in|signs? in|logs? in) (?:\w+ ){0,3}(?:with|by) (?:his"
        r"|her|a|their) (?:own )?"
        r"(?:finger|thumb|palm|face|iris|eye|voice|hand)\b|gene test|family tree kit|saliva (?:test|kit|sample)"
        r"|spit (?:in|to|off)|(?:ancestry|dna|genetics?|gene) (?:lab|site|kit|test|company|database)|(?:thumb"
        r"|finger|palm|hand|face|eye)s? (?:on"
        r"|to|in front of|at) the (?:reader|scanner|sensor|camera|pad|lock)|blood sample|swab",
    ),
    "criminal record": (
        r"(?:has|had|with|got|having) a (?:police |long |criminal |juvenile )?record\b(?= (?:from|since|as|in"
        r"|and|with)|[,.;]|$)"
        r"|(?:beat|beaten|beats|hit|hits|punched|stabbed|knifed|slapped|shot|attacked|threatened|stalked"
        r"|harassed) (?:up )?(?:a "
        r"|an |his |her |somebody|someone|another|the )(?:\w+ )?(?:up\b|man|woman|wife|husband|policeman"
        r"|officer|neighbour"
        r"|girlfriend|boyfriend|ex|guest|bouncer|driver|teacher|colleague|kid|boy|with a)|stabb|knife attack"
        r"|brawl|punch-?up",
        r"accused of|charges? (?:were|was|are|have been) (?:dropped|brought|filed|pending)|(?:case|matter"
        r"|trial|he|she|it) is"
        r" (?:in|before|at|back in) (?:the )?court|in court\b(?! shoes)|in the dock|before the bench"
        r"|public prosecutor|pressed"
        r" charges|lawsuit for (?:fraud|theft)|plea (?:deal|bargain)|let off with|got off with a"
        r"|conditional(?:ly)? discharge"
        r"|house arrest|curfew|borstal|reform school|day release|open prison|prisoner|cellmate"
        r"|released (?:last|in|from|early)"
        r"|fresh out of|just out of (?:jail|prison|inside)",
        r"(?:stole|nicked|pinched|robbed|embezzled|forged|swindled|scammed|cooked the books|fiddled (?:the"
        r"|his|her)|cheated the"
        r" tax)|(?:undeclared|black|illegal) (?:work|workers|money|labour|cash|employment)|cash in hand"
        r"|off the books|tax"
        r" (?:crime|raid|investigat)|offshore account|forger|fencing stolen|stolen goods|counterfeit|perjur"
        r"|hit[- ]and[- ]run"
        r"|drove drunk|driving drunk|caught (?:with|dealing|stealing|drunk|speeding|driving)|breathalys"
        r"|drug (?:charge|record"
        r"|conviction|offence)|possession of|grew cannabis|dealt (?:drugs|in stolen|cocaine|hash)|(?:no"
        r"|without a|lost the|back his|back her) licen[cs]e (?:until|since|for|because|after|any more)"
        r"|blew (?:\d|over|into)"
        r"|checkpoint|(?:over|above) the limit (?:at|on|in|when|and)|banned from (?:driving|the"
        r" stadium|running)|barred from being|struck off",
    ),
}
