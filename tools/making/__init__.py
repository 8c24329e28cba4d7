"""Parts of the generator of the bundled reference facts."""
