"""Makes the still pictures beside it, and as PNG what libheif's and OpenJPEG's decoders make of each.

    python stills.py

Needs heif-enc and heif-convert of libheif (1.15.1 was used) and Pillow 12 with OpenJPEG. heif-enc writes no grids and no rotation, so that files
with these are put together here from pictures that it has coded, box by box after ISO/IEC 23008-12.
"""

import pathlib
import struct
import subprocess
import tempfile

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent


def picture(width, height):
    """Smooth waves and an edge, no two corners alike."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    red = 40 + 180 * x / width
    green = 40 + 180 * y / height
    blue = np.where(x * height > y * width, 200 - 60 * np.sin(x / 7), 60 + 40 * np.cos(y / 5))
    return Image.fromarray(np.clip(np.stack([red, green, blue], 2), 0, 255).astype(np.uint8))


def box(name, *parts):
    contents = b"".join(parts)
    return struct.pack(">I", 8 + len(contents)) + name.encode() + contents


def full(name, version, *parts, flags=0):
    return box(name, struct.pack(">I", version << 24 | flags), *parts)


def boxes(data):
    at = 0
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        yield name.decode(), data[at + 8 : at + size]
        at += size


def coded(image, *options, suffix=".heic"):
    """Configuration and data of one picture as heif-enc codes it; its sides must be multiples of 64, as it fills up others."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "in.png"), pathlib.Path(folder, "out" + suffix)
        image.save(source)
        avif = ["-A"] if suffix == ".avif" else []
        subprocess.run(["heif-enc", "-q", "90", *avif, *options, source, "-o", target], check=True, capture_output=True)
        data = target.read_bytes()
    top = dict(boxes(data))
    meta = dict(boxes(top["meta"][4:]))
    properties = dict(boxes(dict(boxes(meta["iprp"]))["ipco"]))
    name = "av1C" if avif else "hvcC"
    return name, box(name, properties[name]), box("colr", b"nclx", struct.pack(">HHHB", 2, 2, 6, 0x80)), top["mdat"]


def heif(file, tiles, tile_size, rows, columns, size, transforms=(), in_box=False):
    """A file of one picture, or of a grid of them; transforms are boxes."""
    name, configuration, colour, _ = tiles[0]
    kind = {"av1C": b"av01", "hvcC": b"hvc1"}[name]
    count = len(tiles)
    grid = count > 1
    ids = list(range(2, 2 + count)) if grid else [1]
    entries = [full("infe", 2, struct.pack(">HH", i, 0), kind, b"\0", flags=int(grid)) for i in ids]
    if grid:
        entries.insert(0, full("infe", 2, struct.pack(">HH", 1, 0), b"grid", b"\0"))
    size_box = full("ispe", 0, struct.pack(">II", *size))
    tile_box = full("ispe", 0, struct.pack(">II", *tile_size))
    shared = [configuration, colour, tile_box, size_box, *transforms]
    last = [4, *range(5, 5 + len(transforms))] if grid else [1, 2, 3, *range(5, 5 + len(transforms))]
    maps = [(1, last)] + ([(i, [1, 2, 3]) for i in ids] if grid else [])
    ipma = struct.pack(">I", len(maps)) + b"".join(struct.pack(">HB", i, len(p)) + bytes(p) for i, p in maps)
    plan = struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, *size)
    references = full("iref", 0, box("dimg", struct.pack(">HH", 1, count), *(struct.pack(">H", i) for i in ids))) if grid else b""

    def meta(data_at):
        places = b""
        at = data_at
        if grid:
            where = (1, 0) if in_box else (0, data_at)
            places += struct.pack(">HHHHII", 1, where[0], 0, 1, where[1], len(plan))
            at += 0 if in_box else len(plan)
        for i, (_, _, _, data) in zip(ids, tiles):
            places += struct.pack(">HHHHII", i, 0, 0, 1, at, len(data))
            at += len(data)
        total = count + grid
        return full(
            "meta",
            0,
            full("hdlr", 0, struct.pack(">I", 0), b"pict", b"\0" * 13),
            full("pitm", 0, struct.pack(">H", 1)),
            full("iloc", 1, struct.pack(">BBH", 0x44, 0, total), places),
            full("iinf", 0, struct.pack(">H", total), *entries),
            references,
            box("iprp", box("ipco", *shared), full("ipma", 0, ipma)),
            box("idat", plan) if grid and in_box else b"",
        )

    brand = b"avif" if name == "av1C" else b"heic"
    head = box("ftyp", brand, b"\0\0\0\0mif1", brand)
    start = len(head) + len(meta(0)) + 8
    payload = (plan if grid and not in_box else b"") + b"".join(data for _, _, _, data in tiles)
    (HERE / file).write_bytes(head + meta(start) + box("mdat", payload))


def enc(file, image, *options):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "in.png")
        image.save(source)
        avif = ["-A"] if file.endswith(".avif") else []
        subprocess.run(["heif-enc", "-q", "90", *avif, *options, source, "-o", HERE / file], check=True, capture_output=True)


def clap(width, height, right, down):
    return box("clap", struct.pack(">IIIIiIiI", width, 1, height, 1, right, 2, down, 2))


def main():
    even = picture(64, 48)
    enc("odd.heic", picture(45, 31))
    enc("odd.avif", picture(45, 31))
    enc("bt709-444.heic", even, "-p", "chroma=444", "--matrix_coefficients=1")
    enc("lossless.heic", even, "-L", "-p", "chroma=444", "--matrix_coefficients=0")
    enc("gray.heic", even.convert("L"))
    deep = np.asarray(even.convert("L")).astype(np.uint16) * 257
    enc("ten-bits.heic", Image.fromarray(deep), "-b", "10")
    faint = even.convert("RGBA")
    faint.putalpha(Image.linear_gradient("L").resize(even.size))
    enc("alpha.heic", faint)
    wide = picture(128, 64)
    one = [coded(wide)]
    for quarters in range(1, 4):
        heif(f"turned-{quarters}.heic", one, wide.size, 1, 1, wide.size, [box("irot", bytes([quarters]))])
    for axis in range(2):
        heif(f"mirrored-{axis}.heic", one, wide.size, 1, 1, wide.size, [box("imir", bytes([axis]))])
    steps = [clap(81, 41, -7, 5), box("irot", b"\1"), box("imir", b"\0")]
    heif("cut-turned-mirrored.heic", one, wide.size, 1, 1, wide.size, steps)
    whole = picture(192, 128)
    for suffix in (".heic", ".avif"):
        tiles = [coded(whole.crop((x, y, x + 64, y + 64)), suffix=suffix) for y in (0, 64) for x in (0, 64, 128)]
        heif("grid" + suffix, tiles, (64, 64), 2, 3, (150, 100), in_box=suffix == ".avif")
        if suffix == ".heic":
            heif("grid-turned.heic", tiles, (64, 64), 2, 3, (150, 100), [box("irot", b"\3")])
            heif("grid-short.heic", tiles[:5], (64, 64), 2, 3, (150, 100))
    even.save(HERE / "lossless.jp2")
    even.save(HERE / "stream.j2k")
    picture(45, 31).save(HERE / "lossy.jp2", irreversible=True, quality_mode="rates", quality_layers=[8])
    even.convert("L").save(HERE / "gray.jp2")
    faint.save(HERE / "alpha.jp2")
    Image.fromarray(deep).save(HERE / "sixteen-bits.jp2")
    colours = even.quantize(16)
    colours.save(HERE / "colours.gif")
    moving = [picture(45, 31).quantize(8), picture(45, 31).rotate(180).quantize(8)]
    moving[0].save(HERE / "moving.gif", save_all=True, append_images=moving[1:], transparency=3)
    for file in sorted(HERE.iterdir()):
        out = HERE / (file.name + ".png")
        if file.suffix in (".heic", ".avif") and file.name != "grid-short.heic":
            subprocess.run(["heif-convert", file, out], check=True, capture_output=True)
        elif file.suffix in (".jp2", ".j2k", ".gif"):
            image = Image.open(file)
            image = image if image.mode in ("L", "I;16") else image.convert("RGB")
            image.save(out)


if __name__ == "__main__":
    main()
