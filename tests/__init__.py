"""The tests mirror the rooms of the program; shared builders and fixtures lie beside them."""
