"""What an edit of whole rows does: made, copied, moved, renamed and taken away."""
