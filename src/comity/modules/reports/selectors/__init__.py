"""Every read of figures and editions; all start from the policy's scope."""
