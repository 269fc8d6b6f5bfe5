"""Two guidelines, or two versions of one: what is the same in both, which patients now go elsewhere, and what else changed."""
