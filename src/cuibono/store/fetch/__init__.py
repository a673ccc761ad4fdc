"""Getting a provider's files: a plan, downloads that hold to it, and what is missing."""
