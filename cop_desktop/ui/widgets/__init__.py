"""The parts every screen is made of. Each takes the Theme first and knows no service."""
