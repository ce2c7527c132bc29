"""Pictures and pages: charts and printed reports from plain rows."""
