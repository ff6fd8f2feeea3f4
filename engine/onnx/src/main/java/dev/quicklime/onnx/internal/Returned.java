package dev.quicklime.onnx.internal;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.TensorInfo;
import dev.quicklime.internal.scoring.OutputChoice.Output;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a pass returned, as long as it is not freed. */
final class Returned {

  private static final Set<OnnxJavaType> FLOATING =
      EnumSet.of(
          OnnxJavaType.FLOAT, OnnxJavaType.DOUBLE, OnnxJavaType.FLOAT16, OnnxJavaType.BFLOAT16);

  private Returned() {}

  static Output describe(String name, OnnxValue value) {
    if (value instanceof OnnxTensor tensor) {
      TensorInfo info = tensor.getInfo();
      return new Output(name, called(info.type), FLOATING.contains(info.type), info.getShape());
    }
    String kind = value.getType().name().toLowerCase(Locale.ROOT);
    return new Output(name, kind.replaceFirst("^onnx_type_", ""), false, new long[0]);
  }

  private static String called(OnnxJavaType type) {
    return switch (type) {
      case FLOAT -> "float32";
      case DOUBLE -> "float64";
      default -> type.name().toLowerCase(Locale.ROOT);
    };
  }

  /** Copies a floating-point tensor, whatever its precision. */
  static OnnxOutput read(String name, OnnxValue value) {
    OnnxTensor tensor = (OnnxTensor) value;
    TensorInfo info = tensor.getInfo();
    double[] values;
    if (info.type == OnnxJavaType.DOUBLE) {
      DoubleBuffer doubles = tensor.getDoubleBuffer();
      values = new double[doubles.remaining()];
      doubles.get(values);
    } else {
      FloatBuffer floats = tensor.getFloatBuffer();
      values = new double[floats.remaining()];
      for (int i = 0; i < values.length; i++) {
        values[i] = floats.get();
      }
    }
    return new OnnxOutput(name, info.getShape(), values);
  }
}
