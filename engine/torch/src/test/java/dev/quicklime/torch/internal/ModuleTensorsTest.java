package dev.quicklime.torch.internal;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.internal.networks.Networks;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleTensorsTest {

  private static final ModuleSpec NETWORK =
      Networks.inference(Architecture.parse("resnet152"), 1000);

  @TempDir Path folder;

  @Test
  void shouldSayThatThereIsNoRoomForAModelAndLeaveNothing() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "a full device is there on Linux only");
    Path file = Files.createSymbolicLink(folder.resolve("full.pt"), Path.of("/dev/full"));
    try (ModuleTensors tensors =
        new ModuleTensors(NETWORK, (name, tensor, to) -> to.fill((byte) 0))) {
      FileSystemException e =
          assertThrows(FileSystemException.class, () -> tensors.save(NETWORK, file));
      assertTrue(
          String.valueOf(e.getMessage()).startsWith(file + ": must have room for"), e.getMessage());
    }
    assertTrue(Files.notExists(file, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void shouldReserveAsMuchAsTheDeepestNetworkTakes() throws IOException {
    Path file = folder.resolve("model.pt");
    try (ModuleTensors tensors =
        new ModuleTensors(NETWORK, (name, tensor, to) -> to.fill((byte) 0))) {
      tensors.save(NETWORK, file);
    }
    long size = Files.size(file);
    long most = ModuleTensors.mostBytes(NETWORK);
    assertTrue(size <= most && most <= size + (3 << 20), "%d of %d".formatted(size, most));
  }
}
