"""The Evidence page: what each reference carries, and what falls with it."""
