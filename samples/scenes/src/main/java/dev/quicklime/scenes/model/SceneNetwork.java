package dev.quicklime.scenes.model;

import dev.quicklime.internal.file.Room;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Five 3×3 convolutions with batch normalisation and ReLU, then the mean over the picture and a
 * linear layer: the last activation is an eighth of the picture's size and keeps where things are,
 * so that each class's evidence adds up over places. Saved with the normalisation folded into the
 * convolutions.
 *
 * <p>Owns its tensors until it is closed. For one thread.
 */
final class SceneNetwork implements AutoCloseable {

  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;
  private static final long ROOM_FOR_CODE = 1 << 18;

  /** One convolution: channels in and out, and its stride. */
  private record Shape(int in, int out, int stride) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(3, 24, 2),
          new Shape(24, 48, 2),
          new Shape(48, 64, 1),
          new Shape(64, 96, 2),
          new Shape(96, 96, 1));

  /** One convolution's parameters and the running statistics of its normalisation. */
  private record Layer(
      Shape shape, Tensor weight, Tensor gain, Tensor shift, Tensor mean, Tensor variance) {}

  private final List<Layer> layers = new ArrayList<>();
  private final List<Tensor> learnt = new ArrayList<>();
  private final List<Tensor> kept = new ArrayList<>();
  private final Tensor headWeight;
  private final Tensor headBias;

  /**
   * Draws the weights after He et al., "Delving deep into rectifiers", ICCV 2015.
   *
   * @param classes number of outputs
   * @param seed of libtorch's generator, which is the process's
   */
  SceneNetwork(int classes, long seed) {
    torch.manual_seed(seed);
    try (PointerScope _ = new PointerScope()) {
      for (Shape shape : SHAPES) {
        double deviation = Math.sqrt(2.0 / (9 * shape.in()));
        layers.add(
            new Layer(
                shape,
                learnt(torch.randn(shape.out(), shape.in(), 3, 3).mul(new Scalar(deviation))),
                learnt(torch.ones(shape.out())),
                learnt(torch.zeros(shape.out())),
                kept(torch.zeros(shape.out())),
                kept(torch.ones(shape.out()))));
      }
      int features = SHAPES.getLast().out();
      headWeight =
          learnt(torch.randn(classes, features).mul(new Scalar(Math.sqrt(1.0 / features))));
      headBias = learnt(torch.zeros(classes));
    }
  }

  private Tensor learnt(Tensor tensor) {
    tensor.set_requires_grad(true);
    learnt.add(tensor);
    return kept(tensor);
  }

  private Tensor kept(Tensor tensor) {
    tensor.retainReference();
    kept.add(tensor);
    return tensor;
  }

  /** What the optimiser changes, within the caller's scope. */
  TensorVector parameters() {
    return new TensorVector(learnt.toArray(Tensor[]::new));
  }

  /**
   * Raw scores, within the caller's scope.
   *
   * @param input [batch, 3, height, width]
   * @param training whether the normalisation takes the batch's own statistics, and learns them
   */
  Tensor forward(Tensor input, boolean training) {
    Tensor x = input;
    for (Layer layer : layers) {
      long stride = layer.shape().stride();
      x =
          torch.conv2d(
              x,
              layer.weight(),
              new TensorOptional(),
              new long[] {stride, stride},
              new long[] {1, 1},
              new long[] {1, 1},
              1);
      x =
          torch.batch_norm(
              x,
              new TensorOptional(layer.gain()),
              new TensorOptional(layer.shift()),
              new TensorOptional(layer.mean()),
              new TensorOptional(layer.variance()),
              training,
              MOMENTUM,
              EPSILON,
              false);
      x = torch.relu(x);
    }
    return torch.linear(x.mean(2, 3), headWeight, new TensorOptional(headBias));
  }

  /**
   * Writes a TorchScript file that needs nothing but libtorch.
   *
   * @throws FileSystemException if there is no room for it, which would end the process
   */
  void save(Path file) throws FileSystemException {
    long weights = 0;
    for (Tensor tensor : kept) {
      weights += tensor.numel() * Float.BYTES;
    }
    Room.reserve(file, weights + ROOM_FOR_CODE);
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      JitModule module = new JitModule(new QualifiedName("__torch__.SceneNetwork"));
      StringBuilder source = new StringBuilder("def forward(self, x):\n");
      for (int i = 0; i < layers.size(); i++) {
        Layer layer = layers.get(i);
        Tensor scale = layer.gain().mul(layer.variance().add(new Scalar(EPSILON)).rsqrt()).detach();
        Tensor weight = layer.weight().mul(scale.view(-1, 1, 1, 1)).detach();
        Tensor bias = layer.shift().sub(layer.mean().mul(scale)).detach();
        module.register_parameter("conv" + i + "_weight", weight, false);
        module.register_parameter("conv" + i + "_bias", bias, false);
        source.append(
            "    x = torch.relu(torch.conv2d(x, self.conv%1$s_weight, self.conv%1$s_bias, [%2$s, %2$s], [1, 1]))\n"
                .formatted(i, layer.shape().stride()));
      }
      module.register_parameter("head_weight", headWeight.detach(), false);
      module.register_parameter("head_bias", headBias.detach(), false);
      source.append("    return torch.linear(x.mean([2, 3]), self.head_weight, self.head_bias)\n");
      module.define(source.toString());
      module.save(file.toString());
    }
  }

  @Override
  public void close() {
    kept.forEach(Tensor::releaseReference);
    kept.clear();
  }
}
