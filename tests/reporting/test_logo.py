"""What becomes a logo: one plain picture in sRGB that can be seen on white; and what is refused, with a sentence."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from tests import report_kit as kit
from vpdesk.domain.errors import InvalidValueError
from vpdesk.reporting import logo, pdf
from vpdesk.reporting.disclosure.result import Level
from vpdesk.reporting.pictures import picture, samples

if TYPE_CHECKING:
    from vpdesk.reporting.document import Picture

BLUE: Final = (20, 60, 160)


def drawn(mode: str = "RGB", size: tuple[int, int] = (200, 80), colour: Any = BLUE) -> Image.Image:
    """Return a field of one colour with a white margin, see-through where the mode knows that."""
    see_through = mode in {"RGBA", "LA"}
    image = Image.new("RGBA", (size[0] + 40, size[1] + 20), (255, 255, 255, 0 if see_through else 255))
    ImageDraw.Draw(image).rectangle((20, 10, size[0] + 19, size[1] + 9), fill=(*colour, 255))
    return image.convert(mode)


def written(image: Image.Image, kind: str = "PNG", **said: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **said)
    return out.getvalue()


def kept(content: bytes) -> Image.Image:
    made = Image.open(io.BytesIO(logo.plain_logo(content)))
    made.load()
    return made


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA", "1"])
def test_every_usual_kind_becomes_the_same_kind_without_its_margins(mode: str) -> None:
    colour = (0, 0, 0) if mode in {"L", "LA", "1"} else BLUE
    made = kept(written(drawn(mode, colour=colour)))
    assert (made.mode, made.size, made.format) == ("RGB", (200, 80), "PNG")
    red, green, blue = made.getpixel((100, 40))  # type: ignore[misc]
    assert max(abs(a - b) for a, b in zip((red, green, blue), colour, strict=True)) < 25


def test_a_jpeg_is_turned_upright_and_says_nothing_of_its_making() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9003] = 6, "Camera van iemand", "2025:11:03 10:00:00"
    given = written(drawn(), "JPEG", exif=exif, comment=b"gemaakt door Jan", quality=95)
    png = logo.plain_logo(given)
    assert b"iemand" in given
    assert b"Jan" in given
    assert {kind for kind, _ in chunks(png)} == {b"IHDR", b"IDAT", b"IEND"}
    width, height = kept(given).size
    assert height > 2 * width


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    at, found = 8, []
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        found.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + size]))
        at += 12 + size
    return found


def test_words_in_a_png_do_not_come_along() -> None:
    said = PngInfo()
    said.add_text("Author", "Mirjam Okafor")
    said.add_itxt("XML:com.adobe.xmp", "<x>Mirjam</x>")
    given = written(drawn(), pnginfo=said, dpi=(300, 300))
    assert b"Mirjam" in given
    assert {kind for kind, _ in chunks(logo.plain_logo(given))} == {b"IHDR", b"IDAT", b"IEND"}


def swapped(profile: bytes) -> bytes:
    """Return a profile in which red and green have changed places."""
    count = struct.unpack(">I", profile[128:132])[0]
    made = bytearray(profile)
    for n in range(count):
        at = 132 + 12 * n
        made[at : at + 4] = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}.get(bytes(made[at : at + 4]), made[at : at + 4])
    return bytes(made)


def test_colours_of_another_profile_become_those_of_srgb() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red = drawn(colour=(200, 10, 10))
    made = kept(written(red, icc_profile=swapped(srgb))).getpixel((50, 40))
    assert isinstance(made, tuple)
    assert made[1] > 150 > made[0], "what the profile calls red is green"
    same = kept(written(red, icc_profile=srgb)).getpixel((50, 40))
    assert isinstance(same, tuple)
    assert same[0] > 190
    assert kept(written(red, icc_profile=b"geen profiel")).getpixel((50, 40)) == (200, 10, 10)


def test_a_see_through_edge_is_blended_with_the_white_below_it() -> None:
    image = Image.new("RGBA", (60, 60), (0, 0, 0, 128))
    image.paste((0, 0, 0, 255), (0, 0, 30, 60))
    grey = kept(written(image)).getpixel((50, 30))
    assert isinstance(grey, tuple)
    assert 120 < grey[0] < 135


def test_a_large_picture_is_made_as_large_as_the_cover_can_use() -> None:
    width, height = kept(written(drawn(size=(4000, 1000)))).size
    assert (width, height) == (1063, 266)
    assert kept(written(drawn(size=(300, 3000)))).size[1] == 472


def test_the_same_picture_gives_the_same_bytes() -> None:
    given = written(drawn("RGBA"))
    assert logo.plain_logo(given) == logo.plain_logo(given)


def moving() -> bytes:
    first = drawn()
    return written(first, save_all=True, append_images=[first.transpose(Image.Transpose.ROTATE_180)])


def bomb() -> bytes:
    """Return a PNG of few bytes that says it has 60,000 by 60,000 pixels."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", logo.NO_PICTURE),
        (b"GIF89a" + bytes(40), logo.NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", logo.NO_PICTURE),
        (written(drawn())[:-60], logo.NO_PICTURE),
        (written(drawn(), "GIF"), logo.NO_PICTURE),
        (written(drawn(), "TIFF"), logo.NO_PICTURE),
        (moving(), logo.MOVES),
        (written(drawn().convert("CMYK"), "JPEG"), logo.FOR_PRINT),
        (written(drawn().convert("I;16")), logo.FOR_PRINT),
        (written(Image.new("1", (6000, 5000))), logo.TOO_LARGE),
        (bomb(), logo.TOO_LARGE),
        (bytes(logo.LARGEST + 1), logo.TOO_LARGE),
        (written(drawn(size=(40, 5))), logo.TOO_SMALL),
        (written(drawn(colour=(250, 250, 245))), logo.TOO_LIGHT),
        (written(drawn("RGBA", colour=(255, 255, 255))), logo.TOO_LIGHT),
        (written(Image.new("RGBA", (90, 90), (0, 0, 0, 0))), logo.TOO_LIGHT),
    ],
    ids=[
        *("nothing", "no-gif", "svg", "cut", "gif", "tiff", "moves", "cmyk", "16-bit", "pixels", "bomb", "bytes"),
        *("small", "light", "white", "empty"),
    ],
)
def test_what_can_be_no_logo_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        logo.plain_logo(content)
    assert refused.value.sentence == sentence


def test_a_dark_logo_and_one_with_little_ink_can_be_seen() -> None:
    assert kept(written(drawn(colour=(0, 0, 0)))).size == (200, 80)
    line = Image.new("RGB", (400, 200), (255, 255, 255))
    ImageDraw.Draw(line).rectangle((0, 0, 399, 199), outline=(0, 0, 0))
    assert kept(written(line)).size == (400, 200)


SEEDS: Final = (
    written(drawn("RGBA"), icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()),
    written(drawn("P")),
    written(drawn(), "JPEG", exif=Image.Exif()),
)


@given(
    seed=st.sampled_from(SEEDS),
    changes=st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=6),
    end=st.integers(1, 2**20),
)
def test_damage_of_any_kind_gives_a_picture_or_a_sentence(
    seed: bytes, changes: list[tuple[int, int]], end: int
) -> None:
    given_bytes = bytearray(seed)
    for place, value in changes:
        given_bytes[place % len(given_bytes)] = value
    with suppress(InvalidValueError):  # and no other error
        assert samples(logo.plain_logo(bytes(given_bytes[:end]))).width >= 1


@pytest.mark.parametrize(
    "png",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        written(drawn("L")),
        written(drawn("RGBA")),
        written(drawn())[:40],
        written(drawn()).replace(b"IDAT", b"iDAT"),
    ],
)
def test_what_was_never_kept_is_no_picture_of_a_document(png: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        samples(png)


def test_a_picture_is_drawn_inside_its_box_and_not_blurred() -> None:
    wide, small = (
        picture(logo.plain_logo(written(drawn(size=(900, 100)))), ""),
        picture(logo.plain_logo(written(drawn(size=(50, 20)))), ""),
    )
    assert wide.size_within(450, 200, 100) == pytest.approx((450, 50))
    assert small.size_within(450, 200, 100) == pytest.approx((36, 14.4))
    assert wide.png == logo.plain_logo(written(drawn(size=(900, 100))))


def test_a_file_with_another_logo_is_another_file_to_who_looks_at_its_identity_only() -> None:
    def identity(logo: Picture | None) -> object:
        file = pdf.render(kit.document(kit.protected(Level.GEEN_GETALLEN), logo=logo))
        with pikepdf.open(io.BytesIO(file)) as opened:
            return bytes(opened.trailer.ID[0])

    assert len({identity(None), identity(kit.a_logo(300)), identity(kit.a_logo(301))}) == 3


def test_the_drawn_picture_is_the_one_that_was_given() -> None:
    given = kit.a_logo(300, 120)
    with pikepdf.open(io.BytesIO(pdf.render(kit.document(kit.protected(Level.TOTAAL, 7), logo=given)))) as opened:
        (drawn_one,) = opened.pages[0].Resources.XObject.values()
        seen = pikepdf.PdfImage(drawn_one).as_pil_image().convert("RGB")
    assert seen.tobytes() == Image.open(io.BytesIO(given.png)).tobytes()
