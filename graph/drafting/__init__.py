"""Drafts of guidelines: edits by place in the YAML as it was written, drafts kept on the disk with undo, saving.

edits     what can be changed, as plain values (Put, Drop, Add, Remove, Move, Rename)
applied   a text changed by them; no other line is touched
changed   the same on plain data
entries   what stands in a text, by id; `mentions` what refers to an id
following what cases beside a guideline follow when something in it is renamed
drafts    drafts in one file on the disk: every change kept, undone, redone, found again
saving    a draft as the files of a guideline
"""
