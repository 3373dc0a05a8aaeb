"""What does the archive know? The only code that knows the schema."""
