"""A Word document taken apart: its package, its styles and numbers, its fields, and the works that they cite.

What it says as an article is put together in `edgewise.citations.reading.docx`.
"""
