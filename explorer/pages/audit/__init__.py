"""The Audit page: findings, sign-off, look-ups."""
