"""Why a step, why not, and what if."""
