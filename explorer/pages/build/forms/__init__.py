"""The forms of the Build page, one file a form: what they hold as data, and the edits that they come to.

criteria    a condition as a form holds it, to the YAML and back; `branches` puts its parts together
fields      widgets that keep what is typed, and which of them were changed
submitting  edits tried before they are made; faults told beside the form
"""
