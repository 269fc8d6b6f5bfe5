"""The Teach page's mode Practise."""
