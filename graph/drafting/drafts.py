"""Drafts on the disk."""
