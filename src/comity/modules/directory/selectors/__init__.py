"""Every read of the directory, each starting from the policy's scope."""
