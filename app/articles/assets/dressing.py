"""How a page shows images: in the size that fits, at the time they are needed, with their room kept free."""

import re

from markupsafe import escape

from app.articles.assets.known import PREFIX, Images, KnownImage

VERSION = 1
"""Goes up whenever the same image gives other HTML, so that what was stored is made again."""

SIZES = "(min-width: 40rem) 36rem, 94vw"
"""How wide pictures are in an article, for browsers that choose among the copies."""

# The HTML comes from the sanitiser: attributes in double quotes, no angle bracket inside them.
_IMG = re.compile(r"<img([^>]*)>")
_SRC = re.compile(rf' src="{PREFIX}([0-9a-f]{{64}})/original\.[a-z]+"')
_LINK = re.compile(
    rf'<a[^>]* href="{PREFIX}([0-9a-f]{{64}})/original\.[a-z]+"[^>]*>.*?</a>', re.DOTALL
)
_LAZY = ' loading="lazy"'


def dressed(html: str, images: Images) -> str:
    """The sanitised HTML of an article with all that browsers should know of its images; by hash."""
    first = True

    def dress(found: re.Match[str]) -> str:
        nonlocal first
        source = _SRC.search(found[1])
        image = images.get(source[1]) if source else None
        if image is None:
            return found[0]
        said = found[1].replace(_LAZY, "") if first else found[1]
        first = False
        return _picture(said, image)

    return _LINK.sub(lambda found: _with_size(found, images), _IMG.sub(dress, html))


def size_in_words(count: int) -> str:
    """So many bytes, for people."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(count // 1000, 1)} kB"


def _picture(said: str, image: KnownImage) -> str:
    """The tag with what was said in it; where there are copies, browsers choose one."""
    room = ""
    if image.width and image.height and " width=" not in said and " height=" not in said:
        room = f' width="{image.width}" height="{image.height}"'
    tag = f'<img{said}{room} decoding="async"'
    if not image.widths:
        return f"{tag}>"
    own = image.url.rpartition(".")[2]
    source = (
        ""
        if own == "webp"
        else f'<source type="image/webp" srcset="{_choices(image, "webp")}" sizes="{SIZES}">'
    )
    return f'<picture>{source}{tag} srcset="{_choices(image, own)}" sizes="{SIZES}"></picture>'


def _choices(image: KnownImage, extension: str) -> str:
    return ", ".join(f"{image.sized(width, extension)} {width}w" for width in image.widths)


def _with_size(found: re.Match[str], images: Images) -> str:
    image = images.get(found[1])
    if image is None or image.is_picture:
        return found[0]
    kind = image.type.rpartition("/")[2].upper()
    return f"{found[0]} ({escape(kind)}, {size_in_words(image.bytes)})"
