"""What the types of question have in common: the class they are, what they look at, and how people write values."""
