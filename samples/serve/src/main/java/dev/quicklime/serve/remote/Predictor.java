package dev.quicklime.serve.remote;

import dev.quicklime.image.Preprocessing;
import dev.quicklime.serve.problem.ServiceException;
import java.lang.foreign.MemorySegment;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What a protocol makes of pictures and answers. */
sealed interface Predictor permits V1Predictor, V2Predictor {

  /**
   * Asks a predictor what it takes.
   *
   * @param preprocessing what is known of the input otherwise
   * @param batch pictures at once where it says nothing
   * @throws ServiceException if it is not there, not ready, or takes something else than pictures
   */
  RemoteInput meet(Preprocessing preprocessing, int batch);

  /** The request for the first pictures of a batch. */
  HttpRequest request(RemoteInput input, MemorySegment pixels, int rows);

  /**
   * The scores of an answer, row by row.
   *
   * @throws ServiceException if the answer has something else than as many for each of the pictures
   *     that were sent
   */
  double[] scores(RemoteInput input, HttpResponse<byte[]> answer, int sent);
}
