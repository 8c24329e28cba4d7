"""What an edition becomes on paper and for machines: pure functions of one `EditionDocument`."""
