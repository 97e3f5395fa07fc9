"""A logo for the cover: what a user gives is made into one plain picture. The only module that imports Pillow."""

import io
import struct
import warnings
from typing import Final, cast

from PIL import Image, ImageChops, ImageCms, ImageOps, UnidentifiedImageError

from vpdesk.domain.errors import InvalidValueError

LARGEST: Final = 5 * 1024 * 1024
"""How many bytes a file with a logo may have."""

MOST_PIXELS: Final = 25_000_000
KEPT: Final = (1063, 472)
"""How many pixels are kept at most: the room on the cover, 45 by 20 mm, at 600 an inch."""

FEWEST: Final = 8
_TOO_LIGHT: Final = 224
_SEEN_AT_LEAST: Final = 1000  # one in so many pixels is darker than that
_WHITE: Final = (255, 255, 255)
_FORMATS: Final = ("PNG", "JPEG")
_MODES: Final = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})

TOO_LARGE: Final = (
    "Dit bestand is te groot voor een logo: hoogstens 5 MB en 25 miljoen beeldpunten. Er is niets veranderd. Kies een "
    "kleinere versie."
)
NO_PICTURE: Final = (
    "Dit bestand is niet als PNG of JPEG te lezen, of het is beschadigd. Er is niets veranderd. Kies een ander bestand."
)
MOVES: Final = "Dit beeld beweegt. Er is niets veranderd. Kies een logo dat stilstaat, als PNG of JPEG."
FOR_PRINT: Final = (
    "Dit logo heeft kleuren voor drukwerk (CMYK) of een andere kleurindeling die een PDF op het scherm niet goed "
    "toont. Er is niets veranderd. Vraag om een versie in RGB, als PNG of JPEG."
)
TOO_SMALL: Final = "Dit logo is te klein om te drukken. Er is niets veranderd. Kies een grotere versie."
TOO_LIGHT: Final = (
    "Dit logo is wit of bijna wit, en zou op het witte voorblad niet te zien zijn. Er is niets veranderd. Kies de "
    "versie voor een lichte achtergrond."
)


def plain_logo(given: bytes) -> bytes:
    """Return a picture as the vault keeps it: a PNG in sRGB on white, without margins and without all else it said.

    Raises:
        InvalidValueError: it is too large or small, damaged, moves, has colours for print, or can't be seen on white.
    """
    if len(given) > LARGEST:
        raise InvalidValueError(TOO_LARGE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which is not kept
            return _written(_fitted(_on_white(_opened(given))))
    except Image.DecompressionBombError as error:
        raise InvalidValueError(TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error) as error:
        raise InvalidValueError(NO_PICTURE) from error


def _opened(given: bytes) -> Image.Image:
    """Return the picture, decoded, the right way up and in sRGB; its size is looked at before it is decoded."""
    image = Image.open(io.BytesIO(given), formats=_FORMATS)
    if image.width * image.height > MOST_PIXELS:
        raise InvalidValueError(TOO_LARGE)
    if getattr(image, "is_animated", False):
        raise InvalidValueError(MOVES)
    if image.mode not in _MODES:
        raise InvalidValueError(FOR_PRINT)
    profile = image.info.get("icc_profile")
    image.load()
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    return _in_srgb(upright, profile) if isinstance(profile, bytes) and image.mode in {"RGB", "RGBA"} else upright


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Return the picture in sRGB; a profile that can't be read, or is of no display, is as good as none."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(image.convert("RGB"), source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return image
    colours = cast("Image.Image", changed)  # None where the picture itself is changed
    colours.putalpha(image.getchannel("A"))
    return colours


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture on white, which is what the cover has there, without its margins."""
    ground = Image.new("RGB", image.size, _WHITE)
    ground.paste(image, mask=image.getchannel("A"))
    box = ImageChops.difference(ground, Image.new("RGB", image.size, _WHITE)).getbbox()
    cropped = ground.crop(box)
    seen = sum(cropped.convert("L").histogram()[:_TOO_LIGHT])
    if seen * _SEEN_AT_LEAST < cropped.width * cropped.height:
        raise InvalidValueError(TOO_LIGHT)
    return cropped


def _fitted(image: Image.Image) -> Image.Image:
    if min(image.size) < FEWEST:
        raise InvalidValueError(TOO_SMALL)
    image.thumbnail(KEPT, Image.Resampling.LANCZOS)
    return image


def _written(image: Image.Image) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", image.size, image.tobytes()).save(out, "PNG")  # nothing of what was given comes along
    return out.getvalue()
