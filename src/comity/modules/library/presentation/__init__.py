"""What the pages show of a record's content: texts in the reader's language, the tree, the joined case. Pure."""
