"""A draft of one's own held against a package: every number backed, worked out, missing its condition, or wrong."""
