package dev.quicklime.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Ran;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CallbackCommandTest {

  @TempDir Path folder;

  @Test
  void shouldNeedANewSocket() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Ran there = Ran.command("callback", "--socket", file.toString());
    assertEquals(2, there.code());
    assertTrue(there.err().contains("socket must be a new name"), there.err());
    assertEquals(2, Ran.command("callback").code());
  }

  @Test
  void shouldListenUntilItIsToldToEnd() throws Exception {
    Path socket = folder.resolve("s");
    Thread command =
        Thread.ofPlatform().start(() -> Ran.command("callback", "--socket", socket.toString()));
    while (!listens(socket)) {
      Thread.sleep(10);
    }
    command.interrupt();
    command.join();
    assertFalse(command.isAlive());
  }

  /** The name is there a moment before anybody listens. */
  private static boolean listens(Path socket) throws IOException {
    try (SocketChannel peer = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return peer.connect(UnixDomainSocketAddress.of(socket));
    } catch (SocketException e) {
      return false;
    }
  }
}
