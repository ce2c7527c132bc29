"""The formulation: rules and goals of a Problem as one sparse programme, and the way to HiGHS."""
