package dev.quicklime.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.Explainer;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.serve.http.QuicklimeServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ServeAModelTest {

  @Test
  void shouldServe() throws Exception {
    Classifier even =
        Classifier.of("even", Preprocessing.imageNet(), 8, _ -> new double[] {0.5, 0.5});
    try (Explainer explainer = Explainer.of(even, Labels.none());
        QuicklimeServer server = ServeAModel.serve(explainer, 0);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + server.port() + "/v1/models/cats"))
              .build();
      assertEquals(200, client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
    }
  }
}
