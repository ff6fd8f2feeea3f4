#!/usr/bin/env bash
# Helidon's WebServer answers "Connection: close" and leaves the connection open.
#
# HTTP/1.1 (RFC 9112, 9.6) has a server close a connection once it has sent an answer that says so, and a client that asks with "Connection:
# close" is to be given that answer. Helidon 4.5.0 says it, whether the client asks for it or a handler sets the header, and then waits for the
# client's next request as on any other connection. Whoever reads until the end, as a client does that was told that this is the last answer,
# waits for the server's idle time, which is five minutes unless it is set, and so does the connection's descriptor. The server in the JDK, asked
# the same, closes at once.
#
# What helps is to throw io.helidon.webserver.CloseConnectionException once the answer has been sent.
#
# Seen with helidon-webserver 4.5.0, Java 25.0.3:
#
#   JDK's server, asked to close                closed
#   Helidon, asked to close           close     open after 3 s
#   Helidon, a handler's header       close     open after 3 s
#   Helidon, and CloseConnection...   close     closed
#
# Needs a JDK 21 or later (JAVA_HOME, or on the PATH), Maven, and some 5 MB of downloads. Exits with 0 where all is as described, with 1 where it
# is not, and with 2 where it could not be tried.
set -euo pipefail

helidon=4.5.0
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.11.0
bin=${JAVA_HOME:+$JAVA_HOME/bin/}

untried() {
  echo "not tried: $*" >&2
  exit 2
}

command -v "${bin}java" >/dev/null || untried 'it needs a JDK'
command -v mvn >/dev/null || untried 'it needs Maven'

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

cat >pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>demo</groupId>
  <artifactId>demo</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.helidon.webserver</groupId>
      <artifactId>helidon-webserver</artifactId>
      <version>$helidon</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q -B -Dstyle.color=never "$plugin:copy-dependencies" -DoutputDirectory="$tmp/jars" >mvn.log 2>&1 ||
  { cat mvn.log >&2; untried "Maven did not get helidon-webserver $helidon"; }

cat >LastAnswer.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

public class LastAnswer {
  public static void main(String[] args) throws Exception {
    HttpServer jdk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    jdk.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write(new byte[] {'o', 'k'});
      exchange.close();
    });
    jdk.start();
    WebServer helidon = WebServer.builder().host("127.0.0.1").port(0).routing(routing -> routing
        .get("/plain", (request, response) -> response.send("ok"))
        .get("/header", (request, response) -> response.header(HeaderValues.CONNECTION_CLOSE).send("ok"))
        .get("/thrown", (request, response) -> {
          response.header(HeaderValues.CONNECTION_CLOSE).send("ok");
          throw new CloseConnectionException("that was the last one");
        })).build().start();
    String asked = "Connection: close\r\n";
    ask("JDK's server, asked to close", jdk.getAddress().getPort(), "/", asked);
    ask("Helidon, asked to close", helidon.port(), "/plain", asked);
    ask("Helidon, a handler's header", helidon.port(), "/header", "");
    ask("Helidon, and CloseConnection...", helidon.port(), "/thrown", "");
    System.exit(0);
  }

  /** Reads until the end, for three seconds at most. */
  static void ask(String who, int port, String path, String header) throws IOException {
    StringBuilder answer = new StringBuilder();
    String end = "closed";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(3000);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        answer.append((char) next);
      }
    } catch (SocketTimeoutException e) {
      end = "open after 3 s";
    }
    String said = answer.toString().toLowerCase(Locale.ROOT);
    if (!said.endsWith("\r\n\r\nok")) {
      throw new IllegalStateException("no whole answer: " + answer);
    }
    System.out.printf("%-33s %-9s %s%n", who, said.contains("\nconnection: close") ? "close" : "", end);
  }
}
JAVA

cat >described <<'TEXT'
JDK's server, asked to close                closed
Helidon, asked to close           close     open after 3 s
Helidon, a handler's header       close     open after 3 s
Helidon, and CloseConnection...   close     closed
TEXT
"${bin}java" -cp "jars/*" LastAnswer.java >seen 2>java.log || { cat java.log >&2; untried 'the program failed'; }
"${bin}java" -version 2>&1 | head -1
cat seen
cmp -s described seen || { echo 'not as described' >&2; exit 1; }
