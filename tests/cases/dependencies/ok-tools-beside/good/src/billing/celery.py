"""No more than a name that the project shares with a library."""
QUEUE = "invoices"
