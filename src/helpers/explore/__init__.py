"""The controls of explore.ipynb: a question to the figures, its answer, and saving it."""
