"""The Teach page: practise, present, set a case, hand out."""
