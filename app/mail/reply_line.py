"""The line above which people write their answer: what stands below it is ours, quoted.

It is found by its marks, not by its words, so it may be said in any language.
"""

import re

REPLY_LINE = "##- Please answer above this line -##"

MARK = re.compile(r"##-[^#]{1,200}-##")
"""The line in a text, also where a mail program has broken it or put a sign of quoting before it."""
