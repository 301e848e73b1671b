"""Zips that strangers made: nothing leads out, nothing explodes, every name can be read."""

import io
import stat
import struct
import zipfile
import zlib

import pytest

from app.articles.exchange.source import archives
from app.articles.exchange.source.opening import source_of
from app.articles.exchange.source.source import UnusableSource


def archive(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries:
            made.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.md",
        "/etc/passwd.md",
        "C:/x.md",
        "..\\..\\x.md",
        "a/../../x.md",
        "\\\\host\\x.md",
    ],
)
def test_a_path_that_leads_out_is_kept_inside(name: str) -> None:
    source = source_of("z.zip", archive((name, b"# X\n"), ("ok.md", b"ok")))
    assert sorted(source.files.values()) == [b"# X\n", b"ok"]
    odd = next(path for path, data in source.files.items() if data == b"# X\n")
    assert ".." not in odd.split("/") and not odd.startswith("/") and ":" not in odd
    assert odd.endswith(".unsafe")
    assert [fault.code for fault in source.faults] == ["E301"]


def test_a_symbolic_link_is_not_followed() -> None:
    link = zipfile.ZipInfo("link.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    source = source_of("z.zip", archive((link, b"/etc/passwd"), ("a.md", b"a")))
    assert source.files == {"link.md.link": b"/etc/passwd", "a.md": b"a"}
    assert "symbolic link" in source.faults[0].message


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnusableSource, match="far more than any text"):
        source_of("z.zip", archive(("a.md", b"\0" * (8 << 20))))


def test_a_directory_that_lies_about_sizes_does_not_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_ENTRY_BYTES", 1000)
    data = bytearray(archive(("a.md", b"ab" * 5000)))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 10)
    with pytest.raises(UnusableSource):
        source_of("z.zip", bytes(data))


def test_more_than_can_be_imported_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_ENTRIES", 2)
    with pytest.raises(UnusableSource, match="more than 2 files"):
        source_of("z.zip", archive(*((f"{n}.md", b"x") for n in range(3))))


@pytest.mark.parametrize("data", [b"PK\x03\x04rubbish", b"PK\x05\x06"])
def test_a_broken_zip_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableSource, match="cannot be read"):
        source_of("z.zip", data)


def test_damaged_content_is_refused() -> None:
    data = bytearray(archive(("a.md", b"text " * 100)))
    data[40] ^= 0xFF
    with pytest.raises(UnusableSource, match="cannot be read"):
        source_of("z.zip", bytes(data))


def test_a_name_that_is_not_what_it_says_is_refused() -> None:
    data = archive(("ä.md", b"x")).replace("ä".encode(), b"\xff\xfe")
    with pytest.raises(UnusableSource, match="cannot be read"):
        source_of("z.zip", data)


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_damage_in_other_ways_of_packing_is_refused(method: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        file.writestr("a.md", b"text " * 1000)
    data = bytearray(buffer.getvalue())
    data[34:60] = b"\xff" * 26
    with pytest.raises(UnusableSource, match="cannot be read"):
        source_of("z.zip", bytes(data))


def test_names_are_read_however_they_were_written() -> None:
    plain = zipfile.ZipInfo("x")
    plain.filename = "grüße.md".encode().decode("cp437")
    old = archive(("gr\x81sse.md".encode("latin-1").decode("cp437"), b"1"), ("日本.md", b"2"))
    assert "日本.md" in source_of("z.zip", old).files
    entry = zipfile.ZipInfo("grüße.md".encode().decode("cp437"))
    entry.flag_bits = 0
    assert archives.name_of(entry) == "grüße.md"
    entry = zipfile.ZipInfo("gr_sse.md")
    extra = struct.pack("<BI", 1, zlib.crc32(b"gr_sse.md")) + "grüsse.md".encode()
    entry.extra = struct.pack("<HH", 0x7075, len(extra)) + extra
    assert archives.name_of(entry) == "grüsse.md"


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("con.md", "_con.md"),
        ("a/b?.md", "a/b_.md"),
        ("a /x.md", "a/x.md"),
        ("./a//b.md", "a/b.md"),
        ("NUL", "_NUL"),
    ],
)
def test_names_that_some_machines_cannot_have_are_changed(raw: str, safe: str) -> None:
    assert archives.safe_path(raw) == safe


def test_two_files_of_one_name_are_both_kept() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = archive(("d/a.md", b"1"), ("d/a.md", b"2"), ("d/A.md", b"3"))
    assert source_of("z.zip", data).files == {"a.md": b"1", "a~2.md": b"2", "A.md": b"3"}


def test_the_one_folder_around_everything_is_left_out_unless_it_says_something() -> None:
    assert set(
        source_of("z.zip", archive(("site-main/a.md", b"1"), ("site-main/b/c.md", b"2"))).files
    ) == {"a.md", "b/c.md"}
    assert set(source_of("z.zip", archive(("content/a.md", b"1"))).files) == {"content/a.md"}
