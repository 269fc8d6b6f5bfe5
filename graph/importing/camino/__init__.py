"""Pathways of CAMINO (mCODE): what its builder exports and its viewer shows."""
