package dev.quicklime.fuzz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small whole files of each kind, made here from nothing. */
final class Seeds {

  private Seeds() {}

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** An .npy array whose numbers are given as bytes. */
  static byte[] npy(String type, boolean fortran, String shape, byte[] data) {
    String header =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
            .formatted(type, fortran ? "True" : "False", shape);
    String padded = header + " ".repeat(63 - (header.length() + 10) % 64) + "\n";
    byte[] start = latin("\u0093NUMPY\1\0\0\0");
    ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).putShort(8, (short) padded.length());
    return joined(start, latin(padded), data);
  }

  static byte[] doubles(double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }

  static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  /** A run of four samples, three superpixels and two classes, stored or packed. */
  static byte[] run(boolean stored) {
    byte[] masks = {1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0};
    List<Container.Entry> entries = new ArrayList<>();
    entries.add(entry("masks", stored, npy("|u1", false, "4, 3", masks)));
    entries.add(
        entry("scores", stored, npy("<f8", false, "4, 2", doubles(1, 2, .5, 3, .25, 1, 4, 2))));
    entries.add(entry("weights", stored, npy("<f8", false, "4,", doubles(1, .5, .5, .25))));
    entries.add(entry("labels", stored, npy("<i4", false, "2, 3", ints(0, 1, 2, 0, 1, 2))));
    entries.add(entry("classes", stored, npy("<i4", false, "2,", ints(3, 1))));
    entries.add(
        entry("coefficients", stored, npy("<f8", false, "2, 3", doubles(1, 2, 3, 4, 5, 6))));
    entries.add(entry("intercepts", stored, npy("<f8", false, "2,", doubles(0, 1))));
    entries.add(entry("alpha", stored, npy("<f8", false, "2,", doubles(.1, .2))));
    entries.add(entry("completed_masks", stored, npy("|u1", true, "4, 3", masks)));
    entries.add(entry("completed_weights", stored, npy("<f8", false, "4,", doubles(1, 1, 1, 1))));
    return Container.zip(entries);
  }

  private static Container.Entry entry(String name, boolean stored, byte[] bytes) {
    return new Container.Entry(name + ".npy", stored, bytes);
  }

  /** A checkpoint of torch.save with two tensors, one of them with strides, and settings. */
  static byte[] checkpoint() {
    String rebuild = "ctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\n";
    String pickle =
        "\u0080\2}q\0(X\5\0\0\0epochK\5X\2\0\0\0lrG?\u0084z\u00e1G\u00ae\u0014{X\5\0\0\0modelccollections\n"
            + "OrderedDict\n"
            + "q\1)Rq\2(X\6\0\0\0weightq\3"
            + rebuild
            + "FloatStorage\n"
            + "X\1\0\0\0000X\3\0\0\0cpuK\6tQK\0K\2K\3\u0086K\1K\2\u0086\u0089h\1)RtRq\4"
            + "X\4\0\0\0bias"
            + rebuild
            + "LongStorage\nX\1\0\0\0001X\3\0\0\0cpuK\2tQK\0K\2\u0085K\1\u0085\u0089h\1)RtR"
            + "uX\4\0\0\0argscargparse\nNamespace\n)\u0081}X\1\0\0\0a](K\1M\0\1J\0\0\1\0esbu.";
    return Container.zip(
        List.of(
            new Container.Entry("model/data.pkl", true, latin(pickle)),
            new Container.Entry("model/byteorder", true, latin("little")),
            new Container.Entry("model/data/0", true, new byte[24]),
            new Container.Entry("model/data/1", true, new byte[16]),
            new Container.Entry("model/version", true, latin("3\n"))));
  }

  /** A package of compiled code as far as anybody reads it. */
  static byte[] compiled() {
    String source =
        """
        // g++ /tmp/model.wrapper.cpp -O3 -mavx512f -mavx512bw -mamx-tile -mfma
        static void check_input_0(AtenTensorHandle* input_handles) {
            auto arg0_expected_dtype = aoti_torch_dtype_float32();
            int32_t arg0_dtype;
            if (arg0_size[0] < 1) { throw 1; }
            if (arg0_size[0] > 64) { throw 1; }
            if (3 != arg0_size[1]) { throw 1; }
            if (32 != arg0_size[2]) { throw 1; }
            if (48 != arg0_size[3]) { throw 1; }
            if (4608 != arg0_stride[0]) { throw 1; }
            if (1536 != arg0_stride[1]) { throw 1; }
            if (48 != arg0_stride[2]) { throw 1; }
            if (1 != arg0_stride[3]) { throw 1; }
        }
        void AOTInductorModel::run_impl(AtenTensorHandle* input_handles) {
            auto inputs = steal_from_raw_handles_to_raii_handles(input_handles, 1);
        }
        """;
    String metadata =
        """
        {"AOTI_DEVICE_KEY": "cpu", "AOTI_PLATFORM": "linux", "AOTI_MACHINE": "x86_64",
         "AOTI_CPU_ISA": "AVX512 AMX_TILE", "quicklime.dtype": "float32", "quicklime.shape":
         "1,3,32,48", "quicklime.strides": "4608,1536,48,1", "quicklime.torch": "2.13.0",
         "out": "[1, {\\"type\\": \\"builtins.dict\\", \\"context\\": \\"[\\\\\\"a\\\\\\"]\\", \\"children_spec\\": [{\\"type\\": null, \\"context\\": null, \\"children_spec\\": []}]}]"}
        """;
    String folder = "net/data/aotinductor/model/";
    return Container.zip(
        List.of(
            new Container.Entry("net/archive_format", true, latin("pt2")),
            new Container.Entry(folder + "a.wrapper.cpp", false, text(source)),
            new Container.Entry(folder + "a.wrapper.so", true, new byte[300]),
            new Container.Entry(folder + "a.wrapper_metadata.json", false, text(metadata))));
  }

  static byte[] safetensors() {
    byte[] header =
        text(
            """
            {"__metadata__": {"format": "pt"},
             "weight": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
             "bias": {"dtype": "BF16", "shape": [2], "data_offsets": [24, 28]},
             "count": {"dtype": "I64", "shape": [], "data_offsets": [28, 36]}}\
            """);
    ByteBuffer file = ByteBuffer.allocate(8 + header.length + 36).order(ByteOrder.LITTLE_ENDIAN);
    return file.putLong(header.length).put(header).array();
  }

  private static byte[] field(int number, byte[]... parts) {
    byte[] content = joined(parts);
    byte[] head = {(byte) ((number << 3) | 2), (byte) ((content.length & 127) | 128), 0};
    head[2] = (byte) (content.length >> 7);
    return joined(head, content);
  }

  private static byte[] number(int field, int value) {
    return new byte[] {(byte) (field << 3), (byte) value};
  }

  private static byte[] port(String name) {
    byte[] side = field(1, number(1, 8));
    byte[] open = field(1, field(2, latin("N")));
    return joined(
        field(1, latin(name)), field(2, field(1, number(1, 1), field(2, open, side, side))));
  }

  /** An ONNX model of a convolution, a branch with a graph of its own, and weights elsewhere. */
  static byte[] onnx() {
    byte[] weight =
        joined(
            number(1, 2), number(1, 2), number(2, 1), field(8, latin("w")), field(9, new byte[16]));
    byte[] outside =
        joined(
            number(1, 2),
            number(2, 1),
            field(8, latin("v")),
            field(13, field(1, latin("location")), field(2, latin("input.weights"))),
            field(13, field(1, latin("offset")), field(2, latin("0"))),
            field(13, field(1, latin("length")), field(2, latin("8"))),
            number(14, 1));
    byte[] inner =
        joined(
            field(1, field(1, latin("x")), field(2, latin("z")), field(4, latin("Relu"))),
            field(12, field(1, latin("z"))));
    byte[] branch =
        joined(
            field(1, latin("c")),
            field(2, latin("y")),
            field(4, latin("If")),
            field(5, field(1, latin("then_branch")), field(6, inner)));
    byte[] shape =
        joined(
            field(1, latin("y")),
            field(2, latin("s")),
            field(4, latin("Shape")),
            field(5, field(1, latin("start")), number(3, 1)));
    byte[] graph =
        joined(
            field(1, field(1, latin("x")), field(1, latin("w")), field(4, latin("QLinearConv"))),
            field(1, branch),
            field(1, shape),
            field(2, latin("graph")),
            field(5, weight),
            field(5, outside),
            field(11, port("x")),
            field(12, port("y")),
            field(15, field(1, field(8, latin("sparse")))));
    return joined(
        number(1, 8),
        field(7, graph),
        field(8, number(2, 17)),
        field(14, field(1, latin("quicklime")), field(2, latin("{}"))));
  }

  private static BufferedImage picture(int type) {
    BufferedImage picture = new BufferedImage(19, 12, type);
    for (int y = 0; y < 12; y++) {
      for (int x = 0; x < 19; x++) {
        picture.setRGB(x, y, 0xff000000 | ((x * 13) << 16) | ((y * 20) << 8) | ((x ^ y) * 9));
      }
    }
    return picture;
  }

  static byte[] picture(String format, int type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture(type), format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A TIFF whose pixels are packed. */
  static byte[] tiff(String packing, int type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionType(packing);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture(type), null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** A JPEG that says how the camera was held. */
  static byte[] turned(byte[] jpeg) {
    byte[] exif =
        latin("\u00ff\u00e1\0$Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0\0\0");
    exif[3] = (byte) (exif.length - 2);
    byte[] rest = java.util.Arrays.copyOfRange(jpeg, 2, jpeg.length);
    return joined(latin("\u00ff\u00d8"), exif, rest);
  }

  /** The chunks of a WebP; nobody here looks at its pixels. */
  static byte[] webp() {
    byte[] large = latin("VP8X\12\0\0\0\20\0\0\0\22\0\0\13\0\0");
    byte[] pixels = latin("VP8L\22\0\0\0/\22\300\2\20abcdefghijklm");
    byte[] exif = latin("EXIF\32\0\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0");
    byte[] head = latin("RIFF\0\0\0\0WEBP");
    byte[] all = joined(head, large, pixels, exif);
    ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putInt(4, all.length - 8);
    return all;
  }

  /** A WebP of the lossy kind. */
  static byte[] lossy() {
    byte[] all = latin("RIFF\40\0\0\0WEBPVP8 \24\0\0\0\20\0\0\235\1\52\22\0\13\0abcdefghijkl");
    ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putInt(4, all.length - 8);
    return all;
  }
}
