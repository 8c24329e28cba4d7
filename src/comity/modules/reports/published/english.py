"""The grammar of counting in English reports, as data: qualifiers, function words, plurals, where a noun ends.

Source: the closed word classes of English and the United Nations Editorial Manual ("per cent", numbers in words up to
nine, "$" for United States dollars). No noun of any report stands here.
"""

from __future__ import annotations

from .numerals import words

BEFORE = {
    "more than": "more_than",
    "over": "more_than",
    "well over": "more_than",
    "in excess of": "more_than",
    "exceeding": "more_than",
    "upwards of": "more_than",
    "greater than": "more_than",
    "at least": "at_least",
    "no fewer than": "at_least",
    "not fewer than": "at_least",
    "no less than": "at_least",
    "not less than": "at_least",
    "a minimum of": "at_least",
    "nearly": "nearly",
    "almost": "nearly",
    "close to": "nearly",
    "just under": "nearly",
    "approaching": "nearly",
    "about": "about",
    "some": "about",
    "approximately": "about",
    "around": "about",
    "roughly": "about",
    "an estimated": "about",
    "estimated": "about",
    "circa": "about",
}
BELOW = ("fewer than", "less than", "up to", "at most", "no more than", "not more than", "a maximum of", "as many as")
AFTER = {"or more": "at_least", "and more": "at_least", "or so": "about", "+": "at_least"}

# A counted noun ends before any of these.
STOP = frozenset(
    words(
        """
    a an the this that these those its their his her our your my such each every any no all both
    of in on at by for from to with within without into onto under over through throughout during across between among
    amongst against towards toward upon about above below after before since until till per via as than like including
    excluding regarding concerning following using based aimed aiming relating related worldwide globally annually
    respectively directly indirectly alike together also not only already now currently then there here while whereas
    when where who whom whose which what how if because so but or nor yet however
    is are was were be been being am has have had having do does did done can could may might shall should will would
    must
    received receive benefited benefit took take made make gave give went go became become began begin held hold met
    meet
    said say saw see found find led lead left leave put set ran run brought bring stood stand
    """
    )
)
IRREGULAR_PLURALS = frozenset(
    words(
        """
    people persons women men children staff personnel police youth media data criteria phenomena indices appendices
    analyses crises theses bases faculty clergy cattle aircraft series species premises headquarters means
    """
    )
)
# Plurals (or what looks so) that are often the first half of a compound: "human rights officers".
COMPOUND_PLURALS = frozenset(
    words("rights arms firearms customs sports goods affairs communications forensics narcotics news")
)
NOT_PLURAL = frozenset(
    words("as is was has this its us thus plus across always previous various serious business process progress")
)
# Words that look like participles and are nouns or adjectives wherever they stand.
NOT_PARTICIPLE = frozenset(
    words("training hundred need seed feed speed breed building hearing meeting briefing finding")
)
# Nouns whose counted thing follows "of".
CONTAINERS = frozenset(
    words(
        """
    round rounds set sets series piece pieces pair pairs group groups type types kind kinds form forms number numbers
    victim victims case cases copy copies ton tons tonne tonnes kilogram kilograms litre litres hour hours unit units
    item items batch batches member members head heads act acts court courts ministry ministries state states
    """
    )
)
# Nouns whose purpose, after "for", is part of what is counted.
CONTAINERS_FOR = frozenset(words("request requests application applications call calls proposal proposals"))
# A number joined to one of these by a hyphen counts it: "a three-year project", "the five-pillar approach".
COMPOUNDS = frozenset(
    words("year month week day pillar part step stage phase tier point volume language module member")
)

# A number that names: provisions, decisions, goals, items. "(?P<name>...)" is what is taken out of the text.
_NUM = r"\d+(?:[./-]\d+)*(?:\s*\([\da-zivx]{1,4}\))*"
_MORE = (
    rf"(?:(?:\s*,\s*|\s*,?\s+and\s+|\s*,?\s+or\s+|\s+to\s+|\s*[-–]\s*){_NUM}"
    r"(?=\s*(?:[,.;:)]|$|\s(?:of|and|on|in|to|by|or|for)\b)))*"
)
NUMBERED_NAMES = (
    rf"\b(?i:resolutions?|decisions?|articles?|art\.|goals?|paragraphs?|paras?\.?|chapters?|chap\.|sections?|sect\.|annex(?:es)?"
    rf"|rules?|pages?|pp?\.|part|agenda\s+items?|items?|phase|version|nos?\.|table|figure|footnote|notes?|proclamation|act|law"
    rf"|regulation|directive|indicators?|principles?|guidelines?|appendix|volume|vol\.|form|box|room|schedule)\s+"
    rf"(?P<name>(?:(?i:nos?\.)\s*)?(?:{_NUM}{_MORE}|[IVXLC]+\b(?:\s+and\s+[IVXLC]+\b)?))",
    rf"\b(?i:targets?)\s+(?P<name>\d+\.[\da-z]+(?:\.\d+)?{_MORE})",
    r"\bGroup\s+of\s+(?P<name>[A-Z]\w+|\d+)",
    r"\b(?i:the|its|their|an?)\s+(?P<name>(?:19|20)\d\d)\s+(?=[A-Z])",
    r"\b(?i:(?:on\s+the\s+)?one\s+hand|one\s+another|one\s+of|one\s+or\s+(?:more|several)|no\s+one|any\s+one|each\s+one|one-\w+"
    r"|number\s+one|at\s+one\s+time|one\s+day)\b",
    r"(?<=[a-z][.,;”\"])(?P<name>\d{1,2})(?=\s|$)",
)

VAGUE = (
    r"\b(?:several|numerous|multiple|a\s+few|a\s+couple\s+of|dozens\s+of|scores\s+of|(?:tens\s+of\s+|hundreds\s+of\s+)?thousands\s+of"
    r"|hundreds\s+of|an?\s+(?:large\s+|small\s+|great\s+|growing\s+|significant\s+|limited\s+)?number\s+of)\s+"
)
RECORD = r"\b(?:an?\s+|the\s+)?(?:record|unprecedented)\s+(?:high\s+)?number\s+of\s+"

SERIES_HEADS = words(
    "session sessions meeting meetings edition editions conference workshop forum round operation seminar symposium "
    "summit consultation consultations"
)
HELD = words(
    """
    held hold convened serviced services organized organised hosted published issued launched conducted scheduled
    postponed met attended released completed
    """
)
TIME_OR_READER = (
    r"\b(?:at|during|before|until|by|since|after|following|under|from|in)\s+(?:(?:its|the|their|that)\s+)?$"
)

CHANGES = (
    r"\b(?:adopted|launched|established|signed|published|issued|promulgated|enacted|approved|ratified|created|opened\s+for\s+signature"
    r"|entered\s+into\s+force|came\s+into\s+force|enters\s+into\s+force)(?:\s+by\s+[^.,;:]{1,60}?)?\s+(?:on|in)\s+(?:early\s+|late\s+)?$"
)
EXTENDED = (
    r"\b(?:extend(?:ed)?|postpone[d]?|prolong(?:ed)?|defer(?:red)?)\b[^.;:]{0,60}?\s(?:to|until|till|through)\s+$"
)
SINCE = r"\b(?:since|as\s+from|as\s+of\s+early)\s+$"
PLANNED = r"\b(?:will|to|shall)\s+be\s+(?P<what>[^.,;:]{3,60}?)\s+(?:in|on|by|from)\s+$"
MEETING_WORDS = ("held", "convened", "take place", "hosted")
BASES = (
    r"(?:(?:\b(?:than|compared\s+(?:with|to)|against|relative\s+to|up\s+from|down\s+from)"
    r"|\b(?:increase|rise|growth|decrease|decline|per\s+cent)\b[^.;]{0,40}?\b(?:over|on|from))"
    r"(?:\s+in|\s+that\s+of|\s+the\s+year|\s+the)?\s+)$"
)
MOMENT = r"\b(?:[Aa]t\s+the\s+time\s+of|[Aa]s\s+at\s+the|[Aa]t\s+present\b)"

JOIN = r"\band\b|\bas\s+well\s+as\b"
REGIONS = (
    r"(?:the\s+)?(?:(?:North|South|East|West|Central|Southern|Eastern|Northern|Western|South-East|North-East|South-West"
    r"|South-Eastern|North-Eastern|[Ss]ub-Saharan|Latin|Middle)(?:ern)?\s+(?:and\s+(?:Southern|Eastern|Northern|Western|Central"
    r"|South-East|East|West)\s+)?)?(?:Africa|Asia|Europe|America|Americas|Oceania|Pacific|Caribbean|Sahel|Balkans|Caucasus|Gulf"
    r"|Middle\s+East|Horn\s+of\s+Africa|Great\s+Lakes)"
)
