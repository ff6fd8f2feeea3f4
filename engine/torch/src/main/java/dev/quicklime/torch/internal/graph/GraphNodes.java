package dev.quicklime.torch.internal.graph;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Block;
import org.bytedeco.pytorch.BlockArrayRef;
import org.bytedeco.pytorch.Graph;
import org.bytedeco.pytorch.JitNode;

/** The steps of a graph, those within its branches and loops too, in the order of its source. */
public final class GraphNodes {

  private GraphNodes() {}

  /** All steps. */
  public static List<JitNode> of(Graph graph) {
    List<JitNode> nodes = new ArrayList<>();
    collect(graph.block(), nodes);
    return nodes;
  }

  private static void collect(Block block, List<JitNode> into) {
    JitNode end = block.return_node();
    for (JitNode node = end.next(); !node.equals(end); node = node.next()) {
      into.add(node);
      BlockArrayRef blocks = node.blocks();
      for (long b = 0; b < blocks.size(); b++) {
        collect(blocks.get(b), into);
      }
    }
  }
}
