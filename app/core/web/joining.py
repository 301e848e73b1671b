"""Many style sheets to one, many script modules to one: plain text in, plain text out.

No build step and no parser: our sheets and modules keep to the few forms that are understood here,
and anything else stops the start with the file's name.
"""

import posixpath
import re
from collections.abc import Callable, Iterable

Read = Callable[[str], str]

_URL = re.compile(r'url\("(\.[^"]+)"\)')
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_INDENT = re.compile(r"\n\s*")
_IMPORT = re.compile(r'^import (?:\* as (\w+)|(\{ [\w, ]+ \})) from "(\.\.?/[^"]+)";\n', re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.M)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*$", re.M)
_REMARK = re.compile(r"^\s*//.*\n", re.M)


class CannotJoin(Exception):
    """A script module imports or exports in a form that is not understood, or in a circle."""


def join_sheets(paths: Iterable[str], read: Read) -> str:
    """The sheets in the given order as one text, without comments and indentation."""
    return "\n".join(_INDENT.sub("\n", _COMMENT.sub("", read(path))).strip() for path in paths)


def point_at(sheet: str, text: str, address: Callable[[str], str]) -> str:
    """Turn relative addresses of files in the sheet into those they are served at."""
    folder = posixpath.dirname(sheet)

    def served(match: re.Match[str]) -> str:
        return f'url("{address(posixpath.normpath(posixpath.join(folder, match[1])))}")'

    return _URL.sub(served, text)


def join_modules(entry: str, read: Read) -> str:
    """The entry module and all it imports as one module; each keeps a scope of its own."""
    names: dict[str, str] = {}
    parts: list[str] = []
    _add(entry, read, names=names, parts=parts, above=())
    return "".join(parts)


def _add(
    path: str, read: Read, *, names: dict[str, str], parts: list[str], above: tuple[str, ...]
) -> str:
    if path in above:
        raise CannotJoin(f"{path} imports itself by way of {' and '.join(above)}")
    if path not in names:

        def imported(match: re.Match[str]) -> str:
            whole, some, address = match.groups()
            wanted = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
            found = _add(wanted, read, names=names, parts=parts, above=(*above, path))
            return f"const {whole or some} = {found};\n"

        body = _REMARK.sub("", _IMPORT.sub(imported, read(path)))
        exports = ", ".join(_EXPORT.findall(body))
        body = _EXPORT.sub("", body)
        if left := _LEFT_OVER.search(body):
            raise CannotJoin(f"{path}: {left[0]}")
        names[path] = f"module{len(names)}"
        parts.append(f"const {names[path]} = (() => {{\n{body}return {{ {exports} }};\n}})();\n")
    return names[path]
