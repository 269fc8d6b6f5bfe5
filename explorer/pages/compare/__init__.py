"""The Compare page: two guidelines, or two versions of one, the difference told in patients."""
