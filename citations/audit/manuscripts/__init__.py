"""Articles and reference lists judged as they are, without a guideline made from them."""
