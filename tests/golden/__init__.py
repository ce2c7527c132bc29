"""The golden story: what users see, stage by stage, as text that is reviewed like code."""
