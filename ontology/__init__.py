"""The vocabulary, the contract (SHACL) and the context of a guideline, and what every storey shares: findings and exceptions."""
