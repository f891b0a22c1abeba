"""The values a rounded figure stands for: intervals, rounding conventions, kinds of figure, formulas."""
