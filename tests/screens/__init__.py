"""Pictures of the window, to be looked at after every change to it."""
