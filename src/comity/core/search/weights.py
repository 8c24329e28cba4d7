"""The numbers of the ranking, each with the measurement it came from.

Measured with `comity search evaluate` and its parts on: titles of Canadian sections against the sections in English and
French ("twins"); the same with each section in one language only ("single"); the Universal Declaration in 6 and
22 languages; titles of articles of 46 treaties in English and Dutch; titles of three Indian codes. MRR, same language /
across. Where collections disagree the flatter middle was taken, not the peak of one.
"""

from __future__ import annotations

#: Tokens in a piece of text that gets a vector of its own. 25: 0.582/0.353, 40: 0.579/0.386, 60: 0.578/0.408,
#: 80: 0.576/0.414, 140: 0.575/0.428; and 80 needs half as many vectors as 40.
PIECE_TOKENS = 80

#: What the forms of a word count in BM25: as written, stemmed; and the same in a title. Stems alone 0.569, exact forms
#: alone 0.506, stems + 0.3 exact 0.576, + 0.5 exact 0.572, + exact 0.560. Titles are not measured by these.
EXACT, STEMS, TITLE = 0.3, 1.0, 1.0

#: Weight of meaning beside the words' 1, for documents in the question's language and in another one, where words
#: say little: 0.35/1.25 gives 0.579/0.386, one weight of 0.5 for both 0.577/0.312, of 2 0.567/0.374.
MEANING_OWN, MEANING_OTHER = 0.35, 1.25

#: Cosine of texts that have nothing to do with one another, by encoder (its median); what is not above counts nothing.
UNRELATED = {"use-multilingual-v3": 0.15, "multilingual-e5-small": 0.8}

#: How many of the documents that the words find first lend their vectors to the question, and how much together.
#: Without: twins 0.575/0.273, single 0.645/0.346, UDHR across 0.912; with: 0.576/0.414, 0.666/0.360, 0.970.
FEEDBACK_DOCUMENTS, FEEDBACK_WEIGHT = 2, 0.5

#: A score is divided by (1 + terms / SHORT) to this power. Without: 0.577/0.414; 0.05: 0.584/0.427;
#: 0.08: 0.583/0.430; Indian codes 0.721, 0.722, 0.722. SHORT keeps a stub of three words from gaining by it.
LENGTH, SHORT = 0.06, 20
