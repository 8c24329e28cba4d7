"""Forms of the library: each reads and gives part of a `content.Content`."""
