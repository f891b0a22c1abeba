"""What the figures say against each other: comparisons, scenarios, linear programmes, and what-if."""
