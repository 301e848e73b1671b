"""What is said between who wants a mail read and the process that reads it.

Request: length of the mail, seconds of work, bytes of memory (`FRAME`), the mail.  Answer: `HEARD` at once,
then `READ`, a length and the mail as `wire` packs it; or `FAILED` or `TOO_LARGE`, a length and words.
"""

import struct

FRAME = struct.Struct(">QdQ")
LENGTH = struct.Struct(">Q")
PATIENCE = 6
"""How many times longer than its work a process may take: on a busy machine it waits for its turn."""

HEARD, READ, FAILED, TOO_LARGE = b"h", b"r", b"f", b"m"
