package dev.quicklime.serve.http;

import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a service: whoever sends one of some tokens in the header {@code Authorization:
 * Bearer …}, or everybody. Comparing takes as long whatever was sent. Never printed.
 */
public final class BearerTokens {

  private static final int SHORTEST = 8;
  private static final String SCHEME = "bearer ";

  private final List<byte[]> hashes;

  private BearerTokens(List<byte[]> hashes) {
    this.hashes = hashes;
  }

  /** Everybody may. */
  public static BearerTokens none() {
    return new BearerTokens(List.of());
  }

  /**
   * Whoever has one of these.
   *
   * @throws InvalidInputException if there is none, or one is under 8 characters or has a space
   */
  public static BearerTokens of(List<String> tokens) {
    if (tokens.isEmpty()) {
      throw new InvalidInputException("there must be at least one token, got none");
    }
    for (String token : tokens) {
      if (token.length() < SHORTEST || !token.matches("[!-~]+")) {
        throw new InvalidInputException(
            "a token must have at least %s characters, none of them a space, got %s"
                .formatted(SHORTEST, token.length()));
      }
    }
    return new BearerTokens(tokens.stream().map(BearerTokens::hash).toList());
  }

  /**
   * Those of a file, one on each line; empty lines do not count.
   *
   * @throws InvalidInputException if it cannot be read, or has none
   */
  public static BearerTokens read(Path file) {
    try {
      List<String> lines =
          Files.readAllLines(file).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      return of(lines);
    } catch (IOException e) {
      throw new InvalidInputException("tokens " + file + " must be readable, got " + e, e);
    } catch (InvalidInputException e) {
      throw new InvalidInputException("tokens " + file + ": " + e.getMessage(), e);
    }
  }

  /** Whether anybody is kept out. */
  public boolean required() {
    return !hashes.isEmpty();
  }

  /**
   * Which token was sent.
   *
   * @param header what {@code Authorization} has, or null
   * @return its number, or −1 where none is needed
   * @throws ServiceException if it is none of them
   */
  int check(@Nullable String header) {
    if (hashes.isEmpty()) {
      return -1;
    }
    boolean scheme = header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    byte[] sent = hash(header == null || !scheme ? "" : header.substring(SCHEME.length()).strip());
    int found = -1;
    for (int i = 0; i < hashes.size(); i++) {
      // Hashes, so that not even the length shows; all of them, so that the place does not.
      if (MessageDigest.isEqual(hashes.get(i), sent)) {
        found = i;
      }
    }
    if (found < 0) {
      throw ServiceException.of(
          Problem.UNAUTHORIZED,
          scheme
              ? "the bearer token is not one of this service"
              : "the header Authorization must be Bearer and a token of this service");
    }
    return found;
  }

  /**
   * What the queue calls a client: by its token where there are several, else by its address.
   *
   * @param token as {@link #check} gives it
   */
  String client(int token, String address) {
    return token >= 0 && hashes.size() > 1 ? "token " + token : address;
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "BearerTokens[" + hashes.size() + "]";
  }
}
