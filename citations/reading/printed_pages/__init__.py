"""A PDF file as it is printed: letters with their places, lines, columns, paragraphs and the list, in the order in which one reads.

What it says as an article is put together in `edgewise.citations.reading.pdf`.
"""
