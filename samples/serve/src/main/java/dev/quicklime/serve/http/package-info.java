/**
 * The service over HTTP, on Helidon: routes, who may call them, what a request may take of time and
 * memory, and how errors are said. {@link dev.quicklime.serve.http.QuicklimeService} can be mounted
 * in an application's own server; {@link dev.quicklime.serve.http.QuicklimeServer} is one of its
 * own. Requests come on virtual threads, which wait; the work is done by the pool's.
 */
@NullMarked
package dev.quicklime.serve.http;

import org.jspecify.annotations.NullMarked;
