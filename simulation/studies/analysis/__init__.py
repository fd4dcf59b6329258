"""What a study says: how outcomes depend on the factors, where regimes lie, and which factors matter."""
