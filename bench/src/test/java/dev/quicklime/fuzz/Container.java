package dev.quicklime.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * What stands around the part of a file that its reader is about, and is made right again after
 * that was changed: otherwise most inputs would end at a wrong checksum.
 */
enum Container {
  /** Nothing. */
  PLAIN {
    @Override
    byte[] change(byte[] seed, List<byte[]> others, Mutator mutator) {
      return mutator.change(seed, others);
    }
  },
  /** A zip archive, of which one entry is changed, renamed, left out or packed in another way. */
  ZIP {
    @Override
    byte[] change(byte[] seed, List<byte[]> others, Mutator mutator) {
      List<Entry> entries = entries(seed);
      int index = mutator.random().nextInt(entries.size());
      Entry entry = entries.get(index);
      switch (mutator.random().nextInt(12)) {
        case 0 -> entries.remove(index);
        case 1 -> entries.set(index, new Entry(entry.name(), !entry.stored(), entry.bytes()));
        case 2 -> entries.set(index, new Entry(entry.name() + "x", entry.stored(), entry.bytes()));
        default ->
            entries.set(
                index,
                new Entry(
                    entry.name(),
                    entry.stored(),
                    mutator.change(entry.bytes(), List.of(entry.bytes(), seed))));
      }
      return zip(entries);
    }
  },
  /** The chunks of a PNG with their checksums. */
  PNG {
    @Override
    byte[] change(byte[] seed, List<byte[]> others, Mutator mutator) {
      byte[] changed = mutator.change(seed, others);
      int at = 8;
      while (at >= 8 && at + 12 <= changed.length) {
        long length = ByteBuffer.wrap(changed).getInt(at) & 0xffff_ffffL;
        if (at + 12 + length > changed.length) {
          return changed;
        }
        CRC32 crc = new CRC32();
        crc.update(changed, at + 4, 4 + (int) length);
        ByteBuffer.wrap(changed).putInt(at + 8 + (int) length, (int) crc.getValue());
        at += 12 + (int) length;
      }
      return changed;
    }
  },
  /** The length of a header before it, and data behind it. */
  SAFETENSORS {
    @Override
    byte[] change(byte[] seed, List<byte[]> others, Mutator mutator) {
      int length = ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN).getInt();
      byte[] header = new byte[length];
      System.arraycopy(seed, 8, header, 0, length);
      byte[] changed = mutator.change(header, List.of(header));
      ByteBuffer all =
          ByteBuffer.allocate(seed.length - length + changed.length).order(ByteOrder.LITTLE_ENDIAN);
      all.putLong(changed.length).put(changed).put(seed, 8 + length, seed.length - 8 - length);
      return all.array();
    }
  };

  /** A changed seed. */
  abstract byte[] change(byte[] seed, List<byte[]> others, Mutator mutator);

  /** A file in an archive. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Entry(String name, boolean stored, byte[] bytes) {}

  static List<Entry> entries(byte[] zip) {
    List<Entry> entries = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.add(
            new Entry(entry.getName(), entry.getMethod() == ZipEntry.STORED, in.readAllBytes()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  static byte[] zip(List<Entry> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Entry entry : entries) {
        ZipEntry head = new ZipEntry(entry.name());
        if (entry.stored()) {
          CRC32 crc = new CRC32();
          crc.update(entry.bytes());
          head.setMethod(ZipEntry.STORED);
          head.setSize(entry.bytes().length);
          head.setCrc(crc.getValue());
        }
        zip.putNextEntry(head);
        zip.write(entry.bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
