"""A ticket desk."""
