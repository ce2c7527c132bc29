"""Tests of charts, pictures and pages."""
