"""What a person wrote, read, parsed and checked: a folder in, a Project and all that is wrong with it out."""
