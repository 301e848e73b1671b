"""How different systems write a help centre, one module each: from their files to pages of ours."""
