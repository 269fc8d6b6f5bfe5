"""Mermaid flow charts, by themselves or in the fences of a Markdown text."""
