package dev.quicklime.serve.trace;

import java.util.Objects;

/**
 * A request that was answered.
 *
 * @param method of HTTP
 * @param route the path, with its parameters by their names; empty where there is no such
 * @param path as it was asked for
 * @param secure whether over TLS
 * @param client address of whoever asked
 * @param status of the answer
 * @param problem what was wrong, or nothing
 * @param header the value of a header by its name
 * @param whole from its arrival to its answer
 */
public record TracedRequest(
    String method,
    String route,
    String path,
    boolean secure,
    String client,
    int status,
    String problem,
    Header header,
    Part whole) {

  /** Looks up headers. */
  @FunctionalInterface
  public interface Header {
    /** The value of a header; empty where there is none. */
    String of(String name);
  }

  /** Checks that nothing is missing. */
  public TracedRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(route, "route");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(whole, "whole");
  }
}
