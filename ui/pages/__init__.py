"""The pages of the window, one module each; no page knows another."""
