package dev.quicklime.serve.ring;

/** The peer's function has failed, of which the peer knows more than anybody here. */
final class PeerStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  PeerStoppedException() {
    super("the peer stopped scoring");
  }
}
