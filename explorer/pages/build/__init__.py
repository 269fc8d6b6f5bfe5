"""The workbench: from an article, an imported algorithm, a copy or an empty sheet to a guideline, by clicking, checked as it grows."""
