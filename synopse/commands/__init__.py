"""What a person asks for by name."""
