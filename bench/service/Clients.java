import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;

/**
 * Many clients on one thread, each with a connection that it keeps: they ask for one explanation
 * after the other, wait as long as they are told where they are refused, and know what the answers
 * must be.
 */
final class Clients implements AutoCloseable {

  /** What an answer must be. */
  @FunctionalInterface
  interface Check {
    /** What is wrong with an answer of status 200, or nothing. */
    String wrong(int picture, byte[] body, int from, int to);
  }

  /** One of them. */
  private static final class Client {
    SocketChannel channel;
    SelectionKey key;
    ByteBuffer out;
    byte[] in = new byte[32 << 10];
    int got;
    int picture;
    boolean asking;
    long asked;
    long wake;
  }

  /** Half of what the service leaves a connection open for that asks nothing. */
  private static final long IDLE = 30_000_000_000L;

  private final int port;
  private final Pictures pictures;
  private final Check check;
  private final Selector selector;
  private final List<Client> all = new ArrayList<>();
  private final PriorityQueue<Client> waiting =
      new PriorityQueue<>(Comparator.comparingLong((Client client) -> client.wake));
  private final ByteBuffer some = ByteBuffer.allocateDirect(64 << 10);
  private final Random random = new Random(19);
  private final Map<String, Integer> wrong = new TreeMap<>();
  private double[] seconds = new double[1 << 12];
  private int explained;
  private long refused;
  private long asked;
  private int next;
  private int open;
  private boolean stopping;
  private long ended;

  Clients(int port, int count, Pictures pictures, Check check) throws IOException {
    this.port = port;
    this.pictures = pictures;
    this.check = check;
    this.selector = Selector.open();
    for (int i = 0; i < count; i++) {
      all.add(new Client());
    }
  }

  /** How many explanations have come. */
  int explained() {
    return explained;
  }

  /** How many requests were refused by 429. */
  long refused() {
    return refused;
  }

  /** How many requests were sent. */
  long asked() {
    return asked;
  }

  /** What should not have come, and how often. */
  Map<String, Integer> wrong() {
    return wrong;
  }

  /** The seconds within which a share of the explanations came, of those from one on. */
  double quantile(double share, int from) {
    double[] sorted = Arrays.copyOfRange(seconds, from, explained);
    Arrays.sort(sorted);
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
  }

  /** Asks for so many seconds; then waits until all answers are there. How many came in time. */
  int run(double time) throws IOException {
    stopping = false;
    // Connections may have been closed since, and one that is about to be must not be asked over.
    selector.selectNow(this::ready);
    if (System.nanoTime() - ended > IDLE) {
      all.forEach(Clients::forget);
    }
    long end = System.nanoTime() + (long) (time * 1e9);
    for (Client client : all) {
      if (client.wake <= System.nanoTime() && !client.asking) {
        ask(client);
      } else if (!client.asking) {
        waiting.add(client);
      }
    }
    int before = explained;
    while (System.nanoTime() < end) {
      turn(end);
    }
    int inTime = explained - before;
    stopping = true;
    waiting.clear();
    long last = System.nanoTime() + 60_000_000_000L;
    while (open > 0 && System.nanoTime() < last) {
      turn(last);
    }
    for (Client client : all) {
      if (client.asking) {
        fail(client, "no answer");
      }
    }
    ended = System.nanoTime();
    return inTime;
  }

  private void turn(long end) throws IOException {
    long now = System.nanoTime();
    long until = waiting.isEmpty() ? end : Math.min(end, waiting.peek().wake);
    selector.select(this::ready, Math.max(1, (until - now) / 1_000_000));
    now = System.nanoTime();
    while (!stopping && !waiting.isEmpty() && waiting.peek().wake <= now) {
      ask(waiting.remove());
    }
  }

  private void ask(Client client) throws IOException {
    client.picture = next++ % pictures.count();
    client.out = pictures.request(client.picture);
    client.got = 0;
    client.asked = System.nanoTime();
    client.asking = true;
    open++;
    asked++;
    if (client.channel == null) {
      client.channel = SocketChannel.open();
      client.channel.configureBlocking(false);
      client.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean there = client.channel.connect(new InetSocketAddress("127.0.0.1", port));
      client.key =
          client.channel.register(
              selector, there ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, client);
    } else {
      write(client);
    }
  }

  private void ready(SelectionKey key) {
    Client client = (Client) key.attachment();
    try {
      if (key.isConnectable()) {
        client.channel.finishConnect();
        write(client);
      } else if (key.isWritable()) {
        write(client);
      } else if (key.isReadable()) {
        read(client);
      }
    } catch (IOException e) {
      if (client.asking) {
        fail(client, e.toString());
      } else {
        forget(client);
      }
    }
  }

  private void write(Client client) throws IOException {
    client.channel.write(client.out);
    client.key.interestOps(
        client.out.hasRemaining()
            ? SelectionKey.OP_WRITE | SelectionKey.OP_READ
            : SelectionKey.OP_READ);
  }

  private void read(Client client) throws IOException {
    some.clear();
    int got = client.channel.read(some);
    if (got < 0) {
      if (client.asking) {
        fail(client, "closed without an answer");
      } else {
        forget(client);
      }
      return;
    }
    some.flip();
    if (client.got + got > client.in.length) {
      client.in = Arrays.copyOf(client.in, 2 * (client.got + got));
    }
    some.get(client.in, client.got, got);
    client.got += got;
    int head = end(client);
    if (head < 0) {
      return;
    }
    String text = new String(client.in, 0, head, StandardCharsets.ISO_8859_1);
    int length = Integer.parseInt(header(text, "content-length", "-1"));
    if (length < 0 || client.got > head + length) {
      fail(client, "a broken answer: " + text.lines().findFirst().orElse(""));
    } else if (client.got == head + length) {
      answered(client, text, head, head + length);
    }
  }

  /** Where the head ends, or -1. */
  private static int end(Client client) {
    for (int i = 3; i < client.got; i++) {
      if (client.in[i] == '\n'
          && client.in[i - 1] == '\r'
          && client.in[i - 2] == '\n'
          && client.in[i - 3] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  private static String header(String head, String name, String none) {
    int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("\n" + name + ":");
    return at < 0
        ? none
        : head.substring(at + name.length() + 2, head.indexOf('\r', at + 1)).strip();
  }

  private void answered(Client client, String head, int from, int to) throws IOException {
    client.asking = false;
    open--;
    long now = System.nanoTime();
    String status = head.substring(9, 12);
    if (header(head, "connection", "").equalsIgnoreCase("close")) {
      forget(client);
    }
    switch (status) {
      case "200" -> {
        String fault = check.wrong(client.picture, client.in, from, to);
        if (!fault.isEmpty()) {
          wrong.merge(fault, 1, Integer::sum);
        }
        if (explained == seconds.length) {
          seconds = Arrays.copyOf(seconds, 2 * explained);
        }
        seconds[explained++] = (now - client.asked) / 1e9;
        client.wake = now;
        if (!stopping) {
          ask(client);
        }
      }
      case "429" -> {
        refused++;
        // As long as it is told, and up to as long again, so that not all come back at once.
        double wait =
            Integer.parseInt(header(head, "retry-after", "1")) * (1 + random.nextDouble());
        client.wake = now + (long) (wait * 1e9);
        if (!stopping) {
          waiting.add(client);
        }
      }
      default -> {
        wrong.merge(
            status + " " + new String(client.in, from, to - from, StandardCharsets.UTF_8),
            1,
            Integer::sum);
        client.wake = now + 1_000_000_000L;
        if (!stopping) {
          waiting.add(client);
        }
      }
    }
  }

  private void fail(Client client, String why) {
    wrong.merge(why, 1, Integer::sum);
    client.asking = false;
    open--;
    forget(client);
    client.wake = System.nanoTime() + 1_000_000_000L;
    if (!stopping) {
      waiting.add(client);
    }
  }

  private static void forget(Client client) {
    try {
      if (client.channel != null) {
        client.channel.close();
      }
    } catch (IOException e) {
      // It is gone either way.
    }
    client.channel = null;
  }

  @Override
  public void close() throws IOException {
    all.forEach(Clients::forget);
    selector.close();
  }
}
