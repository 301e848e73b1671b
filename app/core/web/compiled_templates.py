"""Templates as they were compiled, kept in a folder for the processes that start later.

Compiling them takes most of the first page of a process.  What is kept is code, so each file is
sealed with the secret key: what somebody else wrote there, or a power cut left, is never run.  A
template has one file, which a later version of it is written over; the folder may be deleted at
any time.
"""

import hmac
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

_SEAL_BYTES = 32


class CompiledTemplates(BytecodeCache):
    """Those of an environment; overlays of it compile to something else and keep nothing."""

    def __init__(self, folder: Path, *, key: str) -> None:
        self.folder, self._key = folder, key

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name of its file: of the template's name alone, wherever this version of us is installed."""
        return sha256(name.encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled of the same source, if there is any."""
        with suppress(OSError):
            kept = (self.folder / bucket.key).read_bytes()
            seal, code = kept[:_SEAL_BYTES], kept[_SEAL_BYTES:]
            if not bucket.environment.overlayed and hmac.compare_digest(seal, self._seal(code)):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, whole or not at all; where nothing can be written, each process compiles for itself."""
        if bucket.environment.overlayed:
            return
        code = bucket.bytecode_to_string()
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, exist_ok=True)
            _write(self.folder / bucket.key, self._seal(code) + code)

    def _seal(self, code: bytes) -> bytes:
        """Another one under another Jinja, which would compile to something else."""
        said = f"hearth template {jinja2.__version__} ".encode() + code
        return hmac.digest(self._key.encode(), said, "sha256")


def _write(path: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        try:
            part.write(data)
            part.flush()
            Path(part.name).replace(path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
