package dev.quicklime.torch;

import dev.quicklime.torch.internal.TorchRuntime;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that run on a GPU. Where there is none they are skipped, or fail if {@code
 * -Ddev.quicklime.require=cuda} demands one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("cuda")
@ExtendWith(NeedsCuda.Condition.class)
public @interface NeedsCuda {

  /** Asks libtorch. */
  final class Condition implements ExecutionCondition {

    private static final String PROPERTY = "dev.quicklime.require";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return evaluate(
          System.getProperty(PROPERTY, ""),
          TorchRuntime.cudaAvailable() ? TorchRuntime.cudaDevices() : 0);
    }

    static ConditionEvaluationResult evaluate(String required, int devices) {
      if (devices > 0) {
        return ConditionEvaluationResult.enabled("libtorch finds " + devices + " CUDA devices");
      }
      if (required.equals("cuda")) {
        throw new IllegalStateException(
            "-D" + PROPERTY + "=cuda demands a CUDA device, and libtorch finds none");
      }
      return ConditionEvaluationResult.disabled("libtorch finds no CUDA device");
    }
  }
}
