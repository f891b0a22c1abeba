"""The Markdown dialect of every text, read once and rendered as HTML and as Typst."""
