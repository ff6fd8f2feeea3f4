"""Compares the pixels that Quicklime reads of every variant of every format with those of a second decoder, and prints the table of docs/formats.md.

    python bench/peers/formats.py --class-path $(cat cp.txt)

Pictures of 45×31 are written in all variants. TIFFs are read a second time by tifffile 2026.3 with imagecodecs, HEIC and AVIF by heif-convert of libheif,
all others by Pillow 12; where Pillow gives bits of a BMP that are not rounded, or knows no such layout, what was written is compared with. A row is
a variant with all of its files; the difference is the largest over all channels of all pixels, in levels of 255. Ends with 1 where one is above the
row's bound: 0.001 where nothing is rounded, 0.5 where one side rounds, 1 where both do.

The class path must have the command's classes, whose FFmpeg decodes HEIC, AVIF and JPEG 2000.
"""

import argparse
import pathlib
import struct
import subprocess
import sys
import tempfile

import imagecodecs
import numpy as np
import tifffile
from PIL import Image

HEIGHT, WIDTH = 31, 45
Y, X = np.mgrid[0:HEIGHT, 0:WIDTH]
GRAY = (X / (WIDTH - 1) + Y / (HEIGHT - 1)) / 2
RGB = np.stack([GRAY, X / (WIDTH - 1), 1 - Y / (HEIGHT - 1)], 2)
RGBA = np.concatenate([RGB, 0.2 + 0.8 * GRAY[..., None]], 2)
EXACT, ROUNDED, TWICE = 0.001, 0.501, 1.001


class Table:
    def __init__(self, folder):
        self.folder, self.rows, self.count = folder, {}, 0

    def file(self, extension):
        self.count += 1
        return self.folder / f"{self.count}.{extension}"

    def add(self, kind, variant, file, truth, bound=EXACT):
        """truth is an array in levels of 255, a function that reads it, or None where the file is to be refused."""
        self.rows.setdefault((kind, variant, bound), []).append((file, truth))


def whole(values, bits):
    return np.round(values * (2.0**bits - 1)).astype(np.uint8 if bits <= 8 else np.uint16 if bits <= 16 else np.uint32)


def ranged(values):
    values = values.astype(float)
    return (values - values.min()) * 255 / (values.max() - values.min())


def second(file):
    """A TIFF by tifffile: samples as stored, brought to levels of 255 as docs/formats.md says."""
    with tifffile.TiffFile(file) as tiff:
        page = tiff.pages[0]
        values = page.asarray()
        if page.planarconfig == 2 and values.ndim == 3:
            values = np.moveaxis(values, 0, 2)
        if page.photometric == 3:
            return np.moveaxis(page.colormap[:, values], 0, 2) >> 8
        if values.dtype.kind == "f":
            levels = np.clip(values.astype(float), 0, 1) * 255
        elif values.dtype.kind == "i" or page.bitspersample == 32:
            levels = ranged(values)
        else:
            levels = values.astype(float) * 255 / (2**page.bitspersample - 1)
        if page.photometric == 0:
            levels = 255 - levels
        if page.photometric == 5:
            levels = (255 - levels[..., :3]) * (255 - levels[..., 3:]) / 255
        if page.extrasamples and page.extrasamples[-1] in (1, 2):
            alpha, levels = levels[..., -1:], levels[..., :-1]
            if page.extrasamples[-1] == 1:
                levels = np.clip(levels * 255 / alpha, 0, 255)
        return levels


def pillow(file):
    image = Image.open(file)
    if image.mode.startswith("I;16"):
        return np.asarray(image) / 257
    return np.asarray(image.convert("L" if image.mode in ("1", "L", "LA") else "RGB"))


def libheif(file):
    out = file.with_suffix(file.suffix + ".png")
    subprocess.run(["heif-convert", file, out], check=True, capture_output=True)
    values = imagecodecs.png_decode(out.read_bytes())
    values = values / 257 if values.dtype == np.uint16 else values
    return values[..., :3] if values.shape[2:] == (4,) else values


def tiffs(table):
    def add(variant, values, truth=second, bound=EXACT, **options):
        file = table.file("tif")
        tifffile.imwrite(file, values, **options)
        table.add("TIFF", variant, file, truth, bound)

    for values, colours in ((GRAY, "minisblack"), (RGB, "rgb")):
        for order in "<>":
            for bits in (8, 16, 32):
                unsigned = np.round(values * (2.0**bits - 1)).astype(f"{order}u{bits // 8}")
                signed = np.round((values - 0.4) * (2.0**bits - 1) / 2).astype(f"{order}i{bits // 8}")
                add("integers of 8, 16 and 32 bits, with and without a sign", unsigned, photometric=colours, byteorder=order)
                add("integers of 8, 16 and 32 bits, with and without a sign", signed, photometric=colours, byteorder=order)
            for bits in (16, 32, 64):
                add("floats of 16, 32 and 64 bits", values.astype(f"{order}f{bits // 8}"), photometric=colours, byteorder=order)
        for bits in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15):
            add("other numbers of bits up to 15", whole(values, bits), photometric=colours, bitspersample=bits)
        add("floats from −.2 to 1.2, clipped", (values * 1.4 - 0.2).astype(np.float32), photometric=colours)
        for compression in ("lzw", "zlib", "deflate", "packbits"):
            for tile in ({}, {"tile": (16, 16)}, {"rowsperstrip": 5}):
                for kind in ("u1", "u2", "f2", "f4", "i2"):
                    scale = 1 if kind[0] == "f" else 2 ** (8 * int(kind[1]) - (kind[0] == "i")) - 1
                    add("LZW, Deflate, PackBits; strips and tiles", (values * scale).astype(kind), photometric=colours, compression=compression, **tile)
        for compression in ("lzw", "zlib"):
            for kind in ("u1", "u2", "u4", "i2", ">u2"):
                scale = 2.0 ** (8 * int(kind[-1]) - (kind[0] == "i")) - 1
                order = ">" if kind[0] == ">" else "<"
                differences = (values * scale).astype(kind)
                add("differences of 8, 16 and 32 bits", differences, photometric=colours, compression=compression, predictor=2, byteorder=order)
            add("floats with predictor 3", values.astype(np.float32), None, photometric=colours, compression=compression, predictor=3)
        add("JPEG", whole(values, 8), pillow, TWICE, photometric=colours, compression="jpeg")
        for kind in ("u8", "i8"):
            add("64-bit integers, complex numbers", (values * 2.0**62).astype(kind), None, photometric=colours)
        add("BigTIFF", whole(values, 8), None, photometric=colours, bigtiff=True)
        for name in ("zstd", "lzma", "lerc", "jpeg2000", "jpegxl", "png"):
            add("other compressions", whole(values, 8), None, photometric=colours, compression=name)
    add("other compressions", whole(RGB, 8), None, photometric="rgb", compression="webp")
    for kind in ("u1", "u2", "u4", "i2", "f2", "f4"):
        scale = 1 if kind[0] == "f" else 2.0 ** (8 * int(kind[1]) - (kind[0] == "i")) - 1
        planes = np.moveaxis((RGB * scale).astype(kind), 2, 0)
        for tile in ({}, {"tile": (16, 16)}):
            add("planes", planes, photometric="rgb", planarconfig="separate", **tile)
        if kind in ("u1", "u2"):
            add("white is zero", (GRAY * scale).astype(kind), photometric="miniswhite")
        if kind in ("u1", "u2", "f4"):
            add("inks (CMYK)", (RGBA * 0.9 * scale).astype(kind), second, ROUNDED, photometric="separated")
            add("alpha", (RGBA * scale).astype(kind), photometric="rgb", extrasamples=["unassalpha"])
            add("colours multiplied by alpha", (RGBA * RGBA[..., 3:] * scale).astype(kind), second, ROUNDED, photometric="rgb", extrasamples=["assocalpha"])
    levels = np.arange(256)
    y, cb, cr = (np.moveaxis(whole(RGB * 0.5 + 0.25, 8), 2, 0) - np.array([0, 128, 128])[:, None, None]).astype(float)
    colours = np.clip(np.stack([y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb], 2), 0, 255)
    add("YCbCr", whole(RGB * 0.5 + 0.25, 8), colours, TWICE, photometric="ycbcr")
    file = table.file("tif")
    Image.fromarray(whole(RGB, 8)).quantize(99).save(file)
    table.add("TIFF", "palette", file, pillow)
    file = table.file("tif")
    Image.fromarray(whole(RGB, 8)).convert("CMYK").save(file, compression="jpeg")
    table.add("TIFF", "JPEG of inks", file, None)
    add("palette", whole(GRAY, 8), photometric="palette", colormap=(np.stack([levels, 255 - levels, levels * 7 % 256]) * 257).astype(np.uint16))
    add("64-bit integers, complex numbers", (GRAY + 1j * GRAY).astype(np.complex64), None, photometric="minisblack")
    for name in ("cielab", "icclab", "itulab"):
        add("other colours", whole(RGB, 8), None, photometric=name)
    for compression in ("group3", "group4"):
        file = table.file("tif")
        Image.fromarray(whole(GRAY, 8)).convert("1").save(file, compression=compression)
        table.add("TIFF", "CCITT", file, pillow)


def bmps(table):
    random = np.random.default_rng(3)

    def add(variant, bits, rows, truth, header=40, compression=0, masks=(), palette=b"", top=False, bound=EXACT, data=None):
        fields = b"".join(struct.pack("<I", mask) for mask in masks)
        if header == 12:
            head = struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, bits)
        else:
            height = -HEIGHT if top else HEIGHT
            head = struct.pack("<IiiHHIIiiII", header, WIDTH, height, 1, bits, compression, len(data or b""), 2835, 2835, len(palette) // 4, 0)
            if header > 40:
                head, fields = head + fields.ljust(header - 40, b"\0"), b""
        if data is None:
            padded = [row + b"\0" * (-len(row) % 4) for row in rows]
            data = b"".join(padded if top else padded[::-1])
        start = 14 + len(head) + len(fields) + len(palette)
        file = table.file("bmp")
        file.write_bytes(b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + head + fields + palette + data)
        table.add("BMP", variant, file, truth, bound)

    def masked(variant, bits, masks, compression=3, given=True, bound=ROUNDED, **options):
        depths = [bin(mask).count("1") for mask in masks]
        samples = [random.integers(0, 1 << depth, (HEIGHT, WIDTH)) for depth in depths]
        packed = sum(sample << ((mask & -mask).bit_length() - 1) for sample, mask in zip(samples, masks) if mask)
        rows = [row.astype(f"<u{bits // 8}").tobytes() for row in packed]
        truth = np.stack([sample * 255 / ((1 << depth) - 1) for sample, depth in zip(samples[:3], depths)], 2)
        add(variant, bits, rows, truth, compression=compression, masks=masks if given else (), bound=bound, **options)

    masked("16 bits without masks", 16, (0x7C00, 0x3E0, 0x1F), 0, False)
    for masks in ((0x7C00, 0x3E0, 0x1F), (0xF800, 0x7E0, 0x1F), (0x1F, 0x7E0, 0xF800), (0xF00, 0xF0, 0xF), (0xFC00, 0x3E0, 0x1F)):
        for options in ({}, {"top": True}, {"header": 108}, {"header": 124}):
            masked("16 bits by masks", 16, masks, **options)
    for masks in ((0xF00, 0xF0, 0xF, 0xF000), (0x7C00, 0x3E0, 0x1F, 0x8000)):
        masked("by masks, with alpha", 16, masks, header=108)
    masked("32 bits without masks", 32, (0xFF0000, 0xFF00, 0xFF), 0, False, EXACT)
    for masks in ((0xFF0000, 0xFF00, 0xFF), (0xFF, 0xFF00, 0xFF0000), (0xFF000000, 0xFF0000, 0xFF00), (0x3FF00000, 0xFFC00, 0x3FF)):
        masked("32 bits by masks", 32, masks, bound=EXACT)
    for header in (56, 108, 124):
        masked("by masks, with alpha", 32, (0xFF0000, 0xFF00, 0xFF, 0xFF000000), header=header)
    colours = whole(RGB, 8)
    for options in ({}, {"top": True}, {"header": 12}):
        add("24 bits; header of 12 bytes too", 24, [row[:, ::-1].tobytes() for row in colours], pillow, **options)
    shades = random.integers(0, 256, (256, 3)).astype(np.uint8)
    for bits in (1, 4, 8):
        for header in (40, 12):
            places = random.integers(0, 1 << bits, (HEIGHT, WIDTH))
            each = 8 // bits
            padded = np.pad(places, ((0, 0), (0, -WIDTH % each))).reshape(HEIGHT, -1, each)
            rows = [bytes((row << np.arange(8 - bits, -1, -bits)).sum(1).tolist()) for row in padded]
            palette = b"".join(bytes(shade[::-1]) + b"\0" * (header > 12) for shade in shades[: 1 << bits])
            add("palette of 1, 4 and 8 bits; header of 12 bytes too", bits, rows, pillow, header=header, palette=palette)
    runs = (X // 5 + Y // 3) % 7
    for bits, compression in ((8, 1), (4, 2)):
        data = b""
        for row in runs[::-1]:
            for start in range(0, WIDTH, 5):
                value = int(row[start])
                data += bytes([5, value if bits == 8 else value * 17])
            data += b"\0\0"
        palette = b"".join(bytes(shade[::-1]) + b"\0" for shade in shades[: 1 << bits])
        add("run lengths of 4 and 8 bits", bits, None, pillow, compression=compression, palette=palette, data=data + b"\0\1")
    add("other kinds", 2, [b"\0" * 12] * HEIGHT, None)
    for compression in (4, 5, 11):
        add("other kinds", 32, None, None, compression=compression, data=b"\0" * 6000)


def others(table):
    bytes_ = {"L": Image.fromarray(whole(GRAY, 8)), "RGB": Image.fromarray(whole(RGB, 8)), "RGBA": Image.fromarray(whole(RGBA, 8))}
    bytes_["P"] = bytes_["RGB"].quantize(200)
    bytes_["LA"] = bytes_["RGBA"].convert("LA")
    bytes_["I;16"] = Image.fromarray(whole(GRAY, 16))

    def add(kind, variant, mode, truth=pillow, bound=EXACT, **options):
        file = table.file(kind.lower().replace(" ", "").replace("jpeg2000", "jp2"))
        bytes_[mode].save(file, **options)
        table.add(kind, variant, file, truth, bound)

    for mode in bytes_:
        add("PNG", "gray and RGB with and without alpha, palette, 16 bits", mode)
    for bits in (1, 2, 4):
        file = table.file("png")
        bytes_["RGB"].quantize(1 << bits).save(file, bits=bits)
        table.add("PNG", "palette of 1, 2 and 4 bits", file, pillow)
    for options in ({}, {"progressive": True}, {"subsampling": 0}):
        add("JPEG", "RGB, baseline and progressive", "RGB", bound=4, quality=95, **options)
    add("JPEG", "gray", "L", bound=2, quality=95)
    inks = bytes_["RGB"].convert("CMYK")
    file = table.file("jpeg")
    inks.save(file, quality=98)
    inks = np.asarray(Image.open(file)).astype(float)
    table.add("JPEG", "inks (CMYK)", file, (255 - inks[..., :3]) * (255 - inks[..., 3:]) / 255, 2)
    for coded in (imagecodecs.jpeg_encode(whole(RGB, 12), bitspersample=12), imagecodecs.jpegls_encode(whole(GRAY, 8))):
        file = table.file("jpeg")
        file.write_bytes(coded)
        table.add("JPEG", "12 bits, JPEG-LS", file, None)
    for mode in ("RGB", "RGBA"):
        add("WebP", "lossless", mode, lossless=True, exact=True)
    add("WebP", "lossy", "RGB", bound=TWICE, quality=90)
    for mode in ("P", "L"):
        add("GIF", "palette and gray", mode)
    add("GIF", "with a transparent place", "P", transparency=7)
    file = table.file("gif")
    bytes_["P"].save(file, save_all=True, append_images=[bytes_["P"].rotate(180)])
    table.add("GIF", "moving: the first", file, pillow)
    for bits in (10, 12):
        file = table.file("jp2")
        file.write_bytes(imagecodecs.jpeg2k_encode(whole(RGB, bits), level=0, reversible=True, bitspersample=bits))
        table.add("JPEG 2000", "10 and 12 bits", file, whole(RGB, bits) * (255.0 / (2**bits - 1)))
    for mode in ("L", "RGB", "RGBA", "I;16"):
        add("JPEG 2000", "lossless: gray, RGB, alpha, 16 bits", mode)
    add("JPEG 2000", "lossy", "RGB", bound=TWICE, irreversible=True, quality_mode="rates", quality_layers=[8])
    for mode in ("L", "RGB", "RGBA"):
        file = table.file("png")
        bytes_[mode].save(file)
        for extension, kind in ((".heic", "HEIC"), (".avif", "AVIF")):
            options = [["-q", "90"], ["-q", "50"]]
            if mode == "RGB":
                options += [["-q", "90", "-p", "chroma=444", f"--matrix_coefficients={matrix}"] for matrix in (1, 6, 9)]
                options += [["-q", "90", "--full_range_flag=0"]]
            for flags in options:
                coded = table.file(extension[1:])
                avif = ["-A"] if kind == "AVIF" else []
                subprocess.run(["heif-enc", *avif, *flags, file, "-o", coded], check=True, capture_output=True)
                table.add(kind, "gray, RGB, alpha; 4:2:0 and 4:4:4, three matrices, both ranges; clean aperture", coded, libheif, TWICE)
    stills = pathlib.Path(__file__).resolve().parents[2] / "samples/cli/src/test/resources/dev/quicklime/cli/video/stills"
    for name, variant in (("grid", "grid of tiles"), ("turned", "turned, mirrored and cut"), ("mirrored", "turned, mirrored and cut"), ("cut", "turned, mirrored and cut"), ("ten", "10 bits, lossless"), ("lossless.h", "10 bits, lossless")):
        for still in sorted(stills.glob(name + "*")):
            if still.suffix not in (".heic", ".avif") or still.name == "grid-short.heic":
                continue
            copy = table.file(still.suffix[1:])
            copy.write_bytes(still.read_bytes())
            table.add("AVIF" if still.suffix == ".avif" else "HEIC", variant, copy, libheif, TWICE)
    file = table.file("jxl")
    file.write_bytes(b"\xff\x0a" + b"\0" * 99)
    table.add("JPEG XL", "any", file, None)


def difference(file, truth):
    """The largest, or why the file was refused."""
    why = file.with_name(file.name + ".why")
    if why.exists():
        return None, why.read_text()
    raw = np.fromfile(file.with_name(file.name + ".raw"), np.float32)
    height, width, channels = raw[:3].view(np.int32)
    got = raw[3:].reshape(height, width, channels)
    if truth is None:
        return np.inf, "read"
    wanted = np.asarray(truth(file) if callable(truth) else truth, float)
    wanted = wanted[..., None] if wanted.ndim == 2 else wanted
    if wanted.shape[:2] != got.shape[:2]:
        return np.inf, f"{got.shape} for {wanted.shape}"
    return np.abs(got - wanted).max(), ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--class-path", required=True)
    parser.add_argument("--java", default="java")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        table = Table(pathlib.Path(name))
        tiffs(table)
        bmps(table)
        others(table)
        files = [str(file) for cases in table.rows.values() for file, _ in cases]
        (table.folder / "jobs.txt").write_text("\n".join(files))
        program = pathlib.Path(__file__).with_name("Formats.java")
        java = [options.java, "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"]
        subprocess.run([*java, "-cp", options.class_path, program, table.folder / "jobs.txt"], check=True)
        print("| format | variant | files | result |\n|---|---|---|---|")
        failed = 0
        for (kind, variant, bound), cases in table.rows.items():
            seen = [(*difference(file, truth), truth) for file, truth in cases]
            wrong = [why for gap, why, truth in seen if (gap is None) != (truth is None) or (gap is not None and gap > bound)]
            gaps = [gap for gap, _, _ in seen if gap is not None]
            reasons = {why.split("got ")[-1].split(";")[0].replace("*", "\\*") for gap, why, _ in seen if gap is None}
            largest = max(gaps, default=0)
            result = "refused: " + ", ".join(sorted(reasons)) if reasons else "exact" if largest <= EXACT else f"up to {largest:.2f}"
            failed += len(wrong)
            print(f"| {kind} | {variant} | {len(cases)} | {result}{' WRONG: ' + wrong[0] if wrong else ''} |")
        print(f"{len(files)} files, {failed} wrong", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
