"""People of the demo company who have accounts to sign in with."""

VISITOR = ""
CUSTOMER = "priya@northbank-libraries.example"
OTHER_CUSTOMER = "dmitri@kestrelcycles.example"
MODERATOR = "ruth@okonkwo.example"
AGENT = "mara@hearth.example"
LEAD = "jonas@hearth.example"
ADMIN = "ines@hearth.example"
