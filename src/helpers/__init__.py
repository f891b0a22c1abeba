"""Read, compare, reconcile and print rounded figures that others reported."""
