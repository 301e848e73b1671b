"""Looking at texts before readers see them, and looking at them again when time has passed."""
