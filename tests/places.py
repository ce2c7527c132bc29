"""Where tests find the project, the sample county, and real input beside the project."""

from __future__ import annotations

from app.resources import PROGRAM, resource

ROOT = PROGRAM
SAMPLE = resource("sample", "yunling.xlsx")
SHARED = ROOT.parent / "shared"
"""Real workbooks and small cases; tests that need them skip where the folder is absent."""
DRC = SHARED / "data" / "wisn-drc-2018.xlsx"
