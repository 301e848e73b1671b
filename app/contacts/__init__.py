"""The people who write to us, as staff know them: who they are, whom they write for, what they asked."""
