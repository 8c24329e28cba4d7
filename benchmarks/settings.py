"""The settings of a node, and one more address: an empty page to compare with. Not part of the product."""

from comity.site.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
