"""What was made of a guideline once, kept in the user's cache folder so that it need not be made again."""
