"""The place of people: who belongs to the community, and one's own profile."""
