"""What becomes of the bytes of a stranger before anything is shown."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms

from app.articles.images.apart.bench import Bench, bench
from app.articles.images.apart.unfit import Unfit
from tests.support.pictures import moving, noise, opened, photo, picture

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Bench]:
    with bench() as made:
        yield made


def told(kind: str) -> dict[str, Any]:
    exif = Image.Exif()
    exif[0x010F] = "SECRET"
    return {"exif": exif} | ({"comment": b"SECRET"} if kind == "JPEG" else {})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_is_told_beside_pixels_is_left_out(reader: Bench, kind: str) -> None:
    data = picture(kind, **told(kind))
    assert b"SECRET" in data
    made = reader.clean(data)
    assert (made.type, made.width, made.height) == (f"image/{kind.lower()}", 64, 48)
    assert b"SECRET" not in made.data
    assert not opened(made.data).getexif()


def test_a_photo_that_lies_on_its_side_stands_up(reader: Bench) -> None:
    made = reader.clean(photo(size=(60, 40), turned=6))
    assert (made.width, made.height) == (40, 60)
    assert b"SECRET" not in made.data


def test_a_photo_without_anything_to_tell_keeps_its_quality(reader: Bench) -> None:
    data = noise("JPEG", size=(64, 64))
    before, after = opened(data).convert("RGB"), opened(reader.clean(data).data).convert("RGB")
    pairs = zip(before.tobytes(), after.tobytes(), strict=True)
    assert max(abs(one - other) for one, other in pairs) <= 8


def test_colours_stay_what_they_were_meant_to_be(reader: Bench) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    data = picture("PNG", icc_profile=profile)
    made = opened(reader.clean(data).data)
    assert "icc_profile" not in made.info
    assert made.mode == "RGB"


def test_sixteen_bits_become_eight(reader: Bench) -> None:
    out = BytesIO()
    Image.new("I;16", (20, 10), 0xFFFF).save(out, "PNG")
    made = opened(reader.clean(out.getvalue()).data)
    assert made.mode == "L"
    assert made.getpixel((0, 0)) == 255


def test_what_is_transparent_stays_so(reader: Bench) -> None:
    out = BytesIO()
    Image.new("RGBA", (900, 20), (255, 0, 0, 0)).save(out, "PNG")
    made = reader.clean(out.getvalue())
    assert opened(made.data).mode == "RGBA"
    small = opened(reader.copies(made.data, [(480, "webp")])[0])
    assert (small.size, small.mode) == ((480, 11), "RGBA")


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_moves_goes_on_moving(reader: Bench, kind: str) -> None:
    secret = {"comment": b"SECRET"} if kind == "GIF" else told(kind)
    data = moving(kind, **secret)
    assert b"SECRET" in data
    made = reader.clean(data + b"<script>SECRET</script>")
    assert (made.type, made.animated) == (f"image/{kind.lower()}", True)
    assert b"SECRET" not in made.data
    assert getattr(opened(made.data), "n_frames", 1) == 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no PNG"),
        (b"MZ\x90\0", "is no PNG"),
        (b"<html><body>hello", "is no PNG"),
        (picture()[:60], "is damaged"),
        (noise(size=(100, 100))[:3000], "is damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 80, "is damaged"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(reader: Bench, data: bytes, said: str) -> None:
    with pytest.raises(Unfit, match=said):
        reader.clean(data)


def test_a_picture_that_would_fill_the_memory_is_refused(reader: Bench) -> None:
    out = BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    assert len(out.getvalue()) < 200_000
    with pytest.raises(Unfit, match="million pixels"):
        reader.clean(out.getvalue())


def test_after_an_accident_the_next_picture_is_read(reader: Bench) -> None:
    reader.clean(picture())
    assert reader._process
    reader._process.kill()
    reader._process.wait()
    with pytest.raises(Unfit):
        reader.clean(picture())
    assert reader.clean(picture()).width == 64


def test_a_document_stays_as_it_is(reader: Bench) -> None:
    made = reader.clean(b"%PDF-1.7\nhello")
    assert (made.type, made.width, made.data) == ("application/pdf", None, b"%PDF-1.7\nhello")


def drawn(reader: Bench, inside: str, attributes: str = 'viewBox="0 0 20 10"') -> str:
    return reader.clean(SVG.format(attributes, inside).encode()).data.decode()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>alert</body></foreignObject>",
        '<image href="https://evil.example/alert.png"/>',
        '<image xlink:href="//evil.example/alert.png"/>',
        '<image href="data:image/svg+xml;base64,alert"/>',
        '<use href="https://evil.example/a.svg#alert"/>',
        '<use xlink:href="data:alert"/>',
        "<style>@import 'https://evil.example/alert';</style>",
        "<style>rect{fill:url(https://evil.example/alert)}</style>",
        "<style>rect{fill:u\\72l(https://evil.example/alert)}</style>",
        "<style>@imp/* */ort 'alert'; rect{background:url( 'http://alert')}</style>",
        '<rect style="fill:url(https://evil.example/alert)"/>',
        '<rect fill="url(&quot;https://evil.example/alert&quot;)"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onload" to="alert(1)"/>',
        '<feImage href="https://evil.example/alert"/>',
        '<iframe src="https://evil.example/alert"/>',
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
        "<?xml-stylesheet href='https://evil.example/alert.css'?>",
        "<!-- alert -->",
        "<title><script>alert</script></title>",
    ],
)
def test_drawings_do_nothing_but_draw(reader: Bench, inside: str) -> None:
    made = drawn(reader, inside + '<rect fill="url(#g)" width="5"/>')
    assert "alert" not in made
    assert "evil" not in made
    assert 'fill="url(#g)"' in made


def test_entities_and_other_roots_are_refused(reader: Bench) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + SVG.format("", "&b;")
    for data in (bomb, "<html><svg/></html>", "<svg>", '<svg xmlns="x"/>'):
        with pytest.raises(Unfit):
            reader.clean(data.encode())


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 20 10"', (20, 10)),
        ('width="2in" height="96"', (192, 96)),
        ('width="40" viewBox="0 0 20 10"', (40, 20)),
        ('height="40" viewBox="0 0 20 10"', (80, 40)),
        ('width="100%"', (300, 150)),
        ('width="999999999" height="0.001"', (10000, 1)),
    ],
)
def test_drawings_say_how_large_they_are(
    reader: Bench, attributes: str, size: tuple[int, int]
) -> None:
    made = reader.clean(SVG.format(attributes, "<g/>").encode())
    assert (made.width, made.height) == size


def test_what_draws_stays(reader: Bench) -> None:
    inside = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
        "<style>.a{fill:url(#g)}</style>"
        '<use xlink:href="#g"/><image href="data:image/png;base64,AAAA"/>'
        '<text class="a" x="1">Words &amp; <tspan dy="1">more</tspan> at the end</text>'
    )
    made = drawn(reader, inside)
    for part in (
        ".a{fill:url(#g)}",
        'href="#g"',
        "data:image/png;base64,AAAA",
        "Words &amp; ",
        "at the end",
        'stop-color="#fff"',
    ):
        assert part in made
