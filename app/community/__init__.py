"""The community: questions that anybody can read, answers, and votes on both."""
