"""How the statements of different voices stand to each other; no side is declared right."""
