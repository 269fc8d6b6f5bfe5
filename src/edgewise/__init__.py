"""Edgewise: clinical guidelines as graphs, every edge with its evidence.

The packages lie at the top of the repository, one folder each; the links beside this file give them their one import name.
"""
