"""Chart forms that take quantities; matplotlib and seaborn draw them."""
