"""From a data package to a report: what a briefing works out, records for machines, running and exporting."""
