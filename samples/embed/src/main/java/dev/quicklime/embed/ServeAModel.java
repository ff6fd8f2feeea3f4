package dev.quicklime.embed;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.serve.http.QuicklimeServer;
import dev.quicklime.serve.http.QuicklimeService;
import dev.quicklime.serve.http.ServerOptions;
import dev.quicklime.serve.http.ServiceOptions;
import dev.quicklime.serve.model.OptionReader;
import dev.quicklime.serve.model.ServedModel;
import java.util.List;

/** Serves a model over HTTP. */
public final class ServeAModel {

  private ServeAModel() {}

  /**
   * Starts a server, which closes its service but not the explainer.
   *
   * @param port where it listens, or 0 for a port that is free
   */
  public static QuicklimeServer serve(Explainer explainer, int port) {
    // docs: serve
    ServiceOptions options = ServiceOptions.defaults().withWork(2, 100);
    ServedModel model =
        new ServedModel("cats", explainer, OptionReader.fixed(ExplainOptions.preset("fast")));
    QuicklimeService service = QuicklimeService.of(List.of(model), options);
    return QuicklimeServer.start(service, options, ServerOptions.loopback(port));
    // docs: end
  }
}
