"""The words the demo firm is made of. Every name is invented."""

FIRST = (
    "Mark Ines Tomas Paula Rhys Edda Jonas Mira Felix Sanne Oskar Livia Hugo Nadia Emil Clara Anton Freya Mateo Greta "
    "Lukas Amara Nils Yara Bruno Selma Ivo Dalia Sven Noor Pavel Ilse Karim Tess Owen Runa Idris Maud Levin Odile"
).split()
LAST = (
    "Carver Okafor Lund Reyes Ferrant Haller Brandt Voss Marek Quist Tarn Oduya Falk Serra Winter Stroud Amsel Kerr "
    "Dunmore Pohl Rask Tilley Vance Yates Zorn Bellamy Crane Dorsey Ekman Farrow Gale Hurst Iver Jansen Klee Lorne "
    "Mercer Nash Orme Pell"
).split()
CONTACT_FIRST = (
    "Judith Arno Beth Carl Dora Erik Fay Gus Hedda Ian June Kurt Lena Max Nora Otto Pia Ralf Silke Theo Ulla Viktor "
    "Wanda Xenia Yves Zoe Abel Bina Cees Dana Elio Fina Gerd Hanne Ilya Jara Kai Lone Milan Nelly"
).split()
CONTACT_LAST = (
    "Aldous Brennan Castell Dove Ewing Forth Garnet Holm Imrie Jessop Kestrel Lomax Mordin Nyborg Ostler Prynne Quill "
    "Rowe Sallow Thorne Ulrich Varley Wexford Ysel Zander Ashby Birk Corrie Dacre Elling Fenn Grieve Hale Inger Joyce "
    "Knox Larch Moss Neville Oakes"
).split()
TITLES = ("Founder", "Owner", "Head of purchasing", "Operations manager", "Managing director", "Workshop lead", "Finance lead")
PLACES = (
    "Northgate Harbour Ferrant Millbrook Eastquay Saltmarsh Highfield Foxhollow Brackwater Stonebridge Elmcroft Redcliff "
    "Oakhaven Greyfriars Larkspur Windermoor Copperhill Thornbury Wetherby Ashdown Penrose Coldwater Fairlight Gullrock "
    "Heronsgate Ironside Juniper Kingsmead Lowmoor Marigold Nightjar Orchard Pinegate Quayside Rosemount Silverbeck "
    "Tanager Underhill Vinegate Whitecross"
).split()
TRADES = (
    "Tools Foods Print Pottery Joinery Marine Textiles Bakery Optics Brewing Glass Paper Cycles Dairy Metals Gardens "
    "Timber Lighting Ceramics Books Interiors Tailors Coffee Instruments Mills Freight Chandlery Nurseries Stone Upholstery"
).split()
TAILS = ("", "", "", " & Daughter", " & Sons", " Works", " Brothers", " Collective", " Ltd", " Cooperative")
CITIES = (
    ("Kiel", "Germany"), ("Aarhus", "Denmark"), ("Ghent", "Belgium"), ("Leiden", "Netherlands"), ("Bergen", "Norway"),
    ("Lübeck", "Germany"), ("Malmö", "Sweden"), ("Hull", "United Kingdom"), ("Nantes", "France"), ("Porto", "Portugal"),
    ("Gdańsk", "Poland"), ("Turku", "Finland"), ("Cork", "Ireland"), ("Rostock", "Germany"), ("Brest", "France"),
)
HOW_MET = (
    "at the lifeboat auction", "on the trade fair's last afternoon", "through a neighbour of theirs",
    "when a delivery went to the wrong door", "at a school concert", "in the queue for the ferry",
    "through {other}", "because they rang the wrong number and stayed",
)

# Secrets a person has, by category key; {x} is replaced by one of its words.
PERSON_SECRETS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "habit": (
        ("Answers nothing before nine, everything after {x}.", "Writes every figure down by hand in {x} first.",
         "Walks the {x} each morning before opening."),
        ("the second coffee", "the school run", "a green notebook", "an old ledger", "harbour wall", "whole shop floor")),
    "bias": (
        ("Trusts whoever {x} and nobody else.", "Thinks anything from {x} is made to break.",
         "Will not buy from someone who {x}."),
        ("turns up in person", "a catalogue", "talks about price first", "the big city", "has mended one themselves")),
    "dream": (
        ("Wants to {x} before turning sixty.", "Dreams of a workshop where they can {x}.", "Would sell it all tomorrow to {x}."),
        ("sail to the Faroes", "build a small wooden boat", "run one shop by the sea", "teach apprentices again",
         "grow pears on a south wall", "play the cello in public", "open a museum of lamps")),
    "hope": (
        ("Hopes {x} will take the business over.", "Hopes {x} comes home for good this year.", "Hopes {x} will notice the new range."),
        ("the eldest daughter", "a nephew", "the best apprentice", "the younger brother", "an old rival")),
    "skill": (
        ("Can tell {x} by touch alone.", "Repairs {x} for half the street.", "Reads {x} better than any report."),
        ("the weight of paper", "old clocks", "the grain of oak", "weather", "a balance sheet")),
    "competency": (
        ("The one everybody rings about {x}.", "Sits on the guild's board for {x}.", "Wrote the town's guide to {x}."),
        ("fire doors", "glazes", "customs papers", "cold chains", "apprenticeships")),
    "lifestyle_choice": (
        ("Gave up {x} two years ago and talks of little else.", "Takes every {x} off, no matter what.",
         "Has lived without {x} since the move."),
        ("the car", "meat", "Friday afternoon", "television", "August", "a telephone at weekends")),
    "family_priority": (
        ("Never misses {x}, whoever is waiting.", "Plans the whole year around {x}.", "Leaves at four on days with {x}."),
        ("the twins' matches", "Sunday lunch with an aunt", "the choir of the youngest", "a mother's market day")),
    "ego_drive": (
        ("Wants to be first in the county with {x}.", "Keeps the cutting about {x} in the drawer.",
         "Lights up when somebody asks about {x}."),
        ("an electric kiln", "the regional prize", "the restored façade", "a patent from 1998", "the record order")),
    "friendship_affinity": (
        ("Goes back thirty years with {x}.", "Owes the first big order to {x}.", "Asks after {x} every time."),
        ("the harbour master", "our old driver", "the printer next door", "the owner of the ferry café")),
    "recreation_preference": (
        ("Swims in the sea every morning, {x}.", "Goes for {x} whenever the wind is right.", "Spends Saturdays with {x}."),
        ("even in January", "long bicycle rides", "a pair of greyhounds", "bird watching on the marsh", "an old dinghy")),
    "entertainment_choice": (
        ("Has a season ticket for {x}.", "Listens to {x} in the van.", "Would cross the country for {x}."),
        ("the small theatre", "brass bands", "radio plays", "second-division handball", "a good puppet show")),
}
ORGANISATION_SECRETS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "inventory_problem": (
        ("Sits on four months of {x} nobody asks for.", "Runs out of {x} every spring."),
        ("grey felt", "brass fittings", "the wide rolls", "export cartons", "blue glaze")),
    "cash_flow_challenge": (
        ("The {x} quarter never pays for itself.", "Pays late only when {x} pays late."),
        ("winter", "first", "the city council", "their largest reseller")),
    "employment_equity_concern": (
        ("Wants {x} in the workshop and cannot find them.", "Worries how it looks that {x}."),
        ("more women", "older apprentices", "night shifts fall to the same three", "every foreman is a cousin")),
    "product_quality_issue": (
        ("One batch in nine comes back for {x}.", "Nobody dares tell the founder about {x}."),
        ("hairline cracks", "colour that drifts", "a seam that lifts", "a smell of solvent")),
    "financial_challenge": (
        ("The lease ends in two years and {x}.", "Would invest at once if {x}."),
        ("the landlord wants double", "the bank asked fewer questions", "the old loan were gone")),
    "market_challenge": (
        ("Loses the young customers to {x}.", "Fears {x} more than any competitor."),
        ("a shop without a door", "subscription boxes", "the new ring road", "a chain from the capital")),
}
QUESTIONS = ("What do you do before the day begins?", "What would make this your best year?", "Who taught you the trade?",
             "What would you do with a free afternoon?", "What keeps you up in November?")
PROMISES = (
    "Send the glaze samples", "Introduce them to the port authority", "Find out about the wide rolls",
    "Bring the new catalogue by hand", "Ask our driver about a Saturday drop", "Call back about the lease",
    "Send the name of the restorer", "Reserve the last of the old fittings",
)
VISIT_NOTES = ("Walked the floor together.", "Coffee at the counter.", "Short call about delivery days.",
               "Met the apprentice.", "Talked about everything but the order.", "Looked at the returns shelf.")
COMMENTS_GOOD = (
    "Remembered the flood and asked before I did.", "Came when it mattered, left when it did not.",
    "Listened for an hour and sold us nothing. We bought twice as much after.", "Told us to go elsewhere, and was right.",
    "Always rings back the same day.", "Knows our spring is not our autumn.", "Asked about my daughter's exam by name.",
)
COMMENTS_BAD = (
    "Promised samples twice. Still waiting.", "Talks more than he asks.", "I had to explain the lease again from the start.",
    "Good company, but nothing happens afterwards.", "Only heard from them when the quarter ended.",
)
FAILURES = (
    ("delivery", "Wrong goods delivered, the Saturday market lost."), ("delivery", "Delivery three days late without a word."),
    ("quality", "Two of five crates arrived broken."), ("billing", "Invoiced twice and sent a reminder for the second."),
    ("promise", "The promised fitter never came."), ("behaviour", "Our driver was rude at the gate."),
)
SURPRISES = (
    "A flask and sheepskin mittens, left on the harbour wall at seven with a note from the driver.",
    "Two tickets for the small theatre, front row, and the wrong goods free.",
    "A pear tree for the south wall, planted by our own gardener.",
    "A first print of the old harbour map, framed by their neighbour.",
)
