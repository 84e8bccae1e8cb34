"""Who may do what: the organisation, and for each person the row predicate and the hidden fields of an entity."""
