package dev.quicklime.torch.internal;

/** What libtorch threw, its message brought to one line. */
public final class TorchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TorchException(String message, Throwable cause) {
    super(message, cause);
  }
}
