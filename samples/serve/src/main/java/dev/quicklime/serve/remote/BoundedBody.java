package dev.quicklime.serve.remote;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Gathers the bytes of an answer, but no more than it may have: then the connection is closed. */
final class BoundedBody implements BodySubscriber<byte[]> {

  /** An answer that is too large. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long most) {
      super("more than " + most + " bytes");
    }
  }

  private final long most;
  private final BodySubscriber<byte[]> all = BodySubscribers.ofByteArray();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private long taken;

  private BoundedBody(long most) {
    this.most = most;
  }

  /** Takes answers of so many bytes at most. */
  static BodyHandler<byte[]> of(long most) {
    return _ -> new BoundedBody(most);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription value) {
    subscription = value;
    all.onSubscribe(value);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      taken += buffer.remaining();
    }
    if (taken > most) {
      if (subscription != null) {
        subscription.cancel();
      }
      body.completeExceptionally(new TooLargeException(most));
      return;
    }
    all.onNext(buffers);
  }

  @Override
  public void onError(Throwable problem) {
    body.completeExceptionally(problem);
  }

  @Override
  public void onComplete() {
    all.onComplete();
    CompletionStage<Void> _ = all.getBody().thenAccept(body::complete);
  }
}
