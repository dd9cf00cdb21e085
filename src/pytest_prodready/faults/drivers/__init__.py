"""How each library shows a failure; measured on the real ones."""
