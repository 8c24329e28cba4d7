"""How records are shown: values in words, charts, shares."""
