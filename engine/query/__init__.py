"""The filter grammar, sorting and paging: what a caller asks for, checked against the entity, as expression trees."""
