package dev.quicklime.torch.internal;

import org.bytedeco.cuda.global.cudart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What CUDA's own runtime says of a GPU. Loaded only where there is one: on the class path of the
 * CPU build there is no such preset.
 */
final class CudaCapability {

  private static final Logger LOG = LoggerFactory.getLogger(CudaCapability.class);

  /** Ampere, the first one whose tensor cores take bfloat16. */
  private static final int FIRST_WITH_BFLOAT16 = 8;

  private CudaCapability() {}

  static boolean bfloat16(int index) {
    try {
      int[] major = new int[1];
      int error =
          cudart.cudaDeviceGetAttribute(major, cudart.cudaDevAttrComputeCapabilityMajor, index);
      if (error == 0) {
        return major[0] >= FIRST_WITH_BFLOAT16;
      }
      LOG.warn("cuda:{} does not tell its compute capability: CUDA error {}", index, error);
    } catch (LinkageError e) {
      LOG.warn("CUDA's runtime cannot be asked about cuda:{}: {}", index, e.toString());
    }
    return false;
  }
}
