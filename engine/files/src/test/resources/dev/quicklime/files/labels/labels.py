"""Makes the label maps beside it, with Pillow 12 and tifffile: twelve by eight, six places, two of whose colours are alike.

    python labels.py
"""

import numpy as np
import tifffile
from PIL import Image

y, x = np.mgrid[0:8, 0:12]
labels = (x // 4 + 3 * (y // 4) + 4) % 6
colours = [(200, 0, 0), (9, 9, 9), (0, 200, 0), (0, 0, 255), (9, 9, 9), (1, 2, 3)]

indexed = Image.new("P", (12, 8))
indexed.putdata(labels.ravel().tolist())
indexed.putpalette([value for colour in colours for value in colour])
indexed.save("palette.png", bits=4)
indexed.save("palette.bmp")
Image.fromarray(labels.astype(np.uint8)).save("gray.png")
Image.fromarray((labels * 300).astype(np.uint16)).save("gray16.png")
indexed.convert("RGB").save("rgb.png")
indexed.convert("RGB").save("labels.jpg")
tifffile.imwrite("int32.tif", (labels * 3_000_000 - 7_000_000).astype(np.int32), photometric="minisblack")
tifffile.imwrite("float32.tif", labels.astype(np.float32), photometric="minisblack")
