"""Pages and assignments as notebooks, and the places where they open."""
