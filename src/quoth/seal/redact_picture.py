"""A picture made anew from its pixels, with boxes painted.

- Pixels are decoded, turned as the file asks, laid on white, converted to sRGB; nothing else of the file is used.
- What is written has no metadata, no profile, no thumbnail: PNG with three kinds of chunk, or plain JPEG.
- One picture a file: a second frame is refused, the second picture of a camera's file is left out and told.

Example::

    made = redacted_picture(data, Plan(ending="png", hide=("Jane Roe",)), read=read)
"""

import io
import struct
import warnings
import zlib
from collections.abc import Sequence

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from quoth.errors import SealError
from quoth.seal.redact_find import Hidden
from quoth.seal.redact_paint import Area, exact, paint, painted
from quoth.seal.redact_terms import Box, Made, Place, Plan, ReadWords, Word
from quoth.seal.redact_words import areas_of

__all__ = ["MOST_PIXELS", "as_jpeg", "as_png", "hide_on", "redacted_picture"]

MOST_PIXELS = 100_000_000
_CAMERA = "MPO"


def redacted_picture(data: bytes, plan: Plan, *, read: ReadWords) -> Made:
    """The picture with words and boxes painted over; raises :class:`SealError` for one that cannot be used."""
    picture, remarks = _decoded(data)
    hidden = Hidden(plan.hide)
    words = read(as_png(picture)) if plan.hide else ()
    places = hide_on(picture, plan, hidden, words=words, read=True)
    made = as_png(picture) if plan.ending == "png" else as_jpeg(picture)
    return Made(data=made, places=places, remarks=remarks)


def hide_on(
    picture: Image.Image,
    plan: Plan,
    hidden: Hidden,
    *,
    words: Sequence[Word],
    read: bool,
) -> tuple[Place, ...]:
    """Paint what is to be hidden on the one page of a picture; gives where."""
    areas: list[Area] = []
    places: list[Place] = []
    for number, found in areas_of(words, hidden, read=read):
        boxes = [painted(one, picture.size, whole_lines=plan.whole_lines) for one in found]
        areas += boxes
        places += [Place(words=number, where=f"page 1, {_said(one)}") for one in boxes]
    for box in plan.boxes:
        area = _within(box, picture.size)
        areas.append(area)
        places.append(Place(words=0, where=f"page 1, {_said(area)}"))
    paint(picture, areas)
    return tuple(dict.fromkeys(places))


def _within(box: Box, size: tuple[int, int]) -> Area:
    if box.page != 1:
        raise SealError(f"there is no page {box.page}: a picture has one", hint="nothing was written")
    area = exact((box.left, box.top, box.left + box.width, box.top + box.height), size)
    if area[0] >= area[2] or area[1] >= area[3]:
        raise SealError(
            f"a box lies outside of the picture, which has {size[0]} × {size[1]} pixels",
            hint="nothing was written; the box is page:left,top,width,height in pixels",
        )
    return area


def _said(area: Area) -> str:
    left, top, right, bottom = (round(one) for one in area)
    return f"{right - left} × {bottom - top} pixels at {left},{top}"


def _decoded(data: bytes) -> tuple[Image.Image, tuple[str, ...]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            held = Image.open(io.BytesIO(data))
            if held.width * held.height > MOST_PIXELS:
                raise SealError(
                    f"the picture has {held.width} × {held.height} pixels, at most {MOST_PIXELS} are worked on",
                    hint="nothing was written; give a smaller copy",
                )
            count = getattr(held, "n_frames", 1)
            if count > 1 and held.format != _CAMERA:
                raise SealError(
                    f"the file holds {count} pictures", hint="nothing was written; give each of them as a file"
                )
            held.load()
            turned = ImageOps.exif_transpose(held)
            remarks = (f"{count - 1} more pictures of the camera's file were left out",) if count > 1 else ()
            return _plain(turned), remarks
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error) as err:
        raise SealError("the picture is damaged or of a kind not known here", hint="nothing was written") from err
    except Image.DecompressionBombError as err:
        raise SealError("the picture has too many pixels", hint="nothing was written; give a smaller copy") from err


def _plain(picture: Image.Image) -> Image.Image:
    """RGB on white, in the colours that a screen without profiles shows; a new picture without any ``info``."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I") or picture.mode == "F":
        _, high = picture.convert("F").getextrema()
        top = 65535.0 if isinstance(high, float) and high > 255 else 255.0
        picture = picture.convert("F").point(lambda one: one * (255.0 / top)).convert("L")
        profile = None
    if profile and picture.mode in ("RGB", "L", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            changed = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            picture = changed or picture
        except ImageCms.PyCMSError:
            profile = None
    shown = picture.convert("RGBA")
    ground = Image.new("RGBA", shown.size, "white")
    ground.alpha_composite(shown)
    return Image.frombytes("RGB", ground.size, ground.convert("RGB").tobytes())


def as_png(picture: Image.Image) -> bytes:
    """Chunks IHDR, IDAT and IEND alone."""
    target = io.BytesIO()
    picture.save(target, "PNG", compress_level=6)
    return target.getvalue()


def as_jpeg(picture: Image.Image) -> bytes:
    """A plain JPEG of one fixed quality."""
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=85, subsampling=0)
    return target.getvalue()
