"""Every read of the treaties module."""
