package dev.quicklime.torch.internal.cam;

import dev.quicklime.torch.internal.FloatTensors;
import dev.quicklime.torch.internal.TorchDevice;
import dev.quicklime.torch.internal.TorchErrors;
import dev.quicklime.torch.internal.graph.DeviceConstants;
import dev.quicklime.torch.internal.graph.ModulePaths;
import java.nio.file.Path;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Graph;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.StringVectorOptional;
import org.bytedeco.pytorch.buffer_iterator;
import org.bytedeco.pytorch.buffer_list;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.parameter_iterator;
import org.bytedeco.pytorch.parameter_list;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TorchScript file in single precision and evaluation mode, within the caller's scope.
 *
 * @param module owns the parameters
 * @param forward what it computes, as one row of steps that know the paths of their modules
 */
record CamFile(JitModule module, Graph forward) {

  private static final Logger LOG = LoggerFactory.getLogger(CamFile.class);

  /**
   * Reads a file.
   *
   * @throws RuntimeException of libtorch's if it refuses the file
   */
  static CamFile read(Path file, TorchDevice device) {
    try {
      JitModule named = plain(file, device);
      ModulePaths.keep(named);
      return frozen(named);
    } catch (RuntimeException e) {
      LOG.debug("{} has its modules' last names alone: {}", file, TorchErrors.oneLine(e));
    }
    JitModule plain = plain(file, device);
    try {
      return frozen(plain);
    } catch (RuntimeException e) {
      LOG.debug("{} is taken apart as it is: {}", file, TorchErrors.oneLine(e));
    }
    return new CamFile(
        plain,
        torch.toGraphFunction(plain.get_method("forward").function()).optimized_graph().copy());
  }

  private static CamFile frozen(JitModule plain) {
    JitModule module = torch.freeze(plain, new StringVectorOptional(), false);
    return new CamFile(module, module.get_method("forward").graph());
  }

  private static JitModule plain(Path file, TorchDevice device) {
    JitModule module = torch.load(file.toString(), new DeviceOptional(device.open()), false);
    module.eval();
    DeviceConstants.move(module, device.open());
    FloatTensors.cast(module, torch.ScalarType.Float);
    settle(module);
    return module;
  }

  /** Nothing is to be learnt: gradients of parameters would only cost. */
  private static void settle(JitModule module) {
    parameter_list parameters = module.parameters();
    parameter_iterator end = parameters.end();
    for (parameter_iterator i = parameters.begin(); i.notEquals(end); i.increment()) {
      i.multiply().set_requires_grad(false);
    }
    buffer_list buffers = module.buffers();
    buffer_iterator last = buffers.end();
    for (buffer_iterator i = buffers.begin(); i.notEquals(last); i.increment()) {
      if (i.multiply().is_floating_point()) {
        i.multiply().set_requires_grad(false);
      }
    }
  }
}
