"""What authors write: applications, entities, forms, flows and views as frozen documents, and their checks."""
