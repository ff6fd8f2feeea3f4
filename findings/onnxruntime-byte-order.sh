#!/usr/bin/env bash
# ONNX Runtime for Java: a direct buffer in Java's default byte order is read as if it were in the machine's, in silence.
#
# Every ByteBuffer begins as big-endian, on any machine, and a FloatBuffer made of it by asFloatBuffer() inherits that. OnnxTensor.createTensor
# takes the memory of a direct buffer as it is, without a look at order(): on a little-endian machine 1.0 becomes 4.6E-41. Nothing is thrown
# or logged, and a classifier scores another picture than the one it was given. The same floats on the heap are copied one by one and come
# out right, so that a program which moves from heap to direct memory to save the copy changes its results. A heap ByteBuffer of floats is not copied right either: it throws a ClassCastException, which names no cause.
#
# What helps is .order(ByteOrder.nativeOrder()) before anything is written, and before asFloatBuffer().
#
# Seen with onnxruntime 1.23.2 on Linux, x86-64, with Java 25.0.3, for a model that returns what it is given, [1.0, 2.5]:
#
#   direct floats, native order     [1.0, 2.5]
#   direct floats, default order    [1.0, 2.5] with swapped bytes
#   direct bytes, native order      [1.0, 2.5]
#   direct bytes, default order     [1.0, 2.5] with swapped bytes
#   heap floats, default order      [1.0, 2.5]
#   heap bytes, default order       ClassCastException
#
# Needs a JDK 17 or later (JAVA_HOME, or on the PATH), Maven, and 75 MB of downloads. Exits with 0 where all is as described, with 1 where it
# is not, and with 2 where it could not be tried.
set -euo pipefail

onnxruntime=1.23.2
copy=org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy
bin=${JAVA_HOME:+$JAVA_HOME/bin/}

untried() {
  echo "not tried: $*" >&2
  exit 2
}

case $(uname -m) in
  x86_64 | aarch64 | arm64) ;;
  *) untried "it shows on little-endian machines that the jar has libraries for, and this is $(uname -m)" ;;
esac
command -v "${bin}javac" >/dev/null || untried 'it needs a JDK'
command -v mvn >/dev/null || untried 'it needs Maven'

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

mvn -q -B -Dstyle.color=never "$copy" -Dartifact="com.microsoft.onnxruntime:onnxruntime:$onnxruntime" -DoutputDirectory="$tmp" >mvn.log 2>&1 ||
  { cat mvn.log >&2; untried "Maven did not get onnxruntime $onnxruntime"; }

cat >Order.java <<'JAVA'
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

public class Order {
  /** One node, y = Identity(x), of float[N]; opset 17. */
  static final String MODEL =
      "CAg6OQoQCgF4EgF5IghJZGVudGl0eRIBZ1oQCgF4EgsKCQgBEgUKAxIBTmIQCgF5EgsKCQgBEgUKAxIBTkIECgAQEQ==";

  public static void main(String[] args) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(Base64.getDecoder().decode(MODEL))) {
      ByteBuffer inOrder = filled(ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder()));
      ByteBuffer direct = filled(ByteBuffer.allocateDirect(8));
      ByteBuffer heap = filled(ByteBuffer.allocate(8));
      show("direct floats, native order", environment, session, inOrder.asFloatBuffer());
      show("direct floats, default order", environment, session, direct.asFloatBuffer());
      show("direct bytes, native order", environment, session, inOrder);
      show("direct bytes, default order", environment, session, direct);
      show("heap floats, default order", environment, session, heap.asFloatBuffer());
      show("heap bytes, default order", environment, session, heap);
    }
  }

  static ByteBuffer filled(ByteBuffer bytes) {
    bytes.asFloatBuffer().put(new float[] {1, 2.5f});
    return bytes;
  }

  static void show(String what, OrtEnvironment environment, OrtSession session, Buffer values)
      throws OrtException {
    String came;
    try (OnnxTensor tensor =
            values instanceof FloatBuffer floats
                ? OnnxTensor.createTensor(environment, floats, new long[] {2})
                : OnnxTensor.createTensor(
                    environment, (ByteBuffer) values, new long[] {2}, OnnxJavaType.FLOAT);
        OrtSession.Result result = session.run(Map.of("x", tensor))) {
      float[] numbers = (float[]) result.get(0).getValue();
      came = Arrays.toString(numbers);
      if (numbers[0] != 1) {
        for (int i = 0; i < numbers.length; i++) {
          int bits = Float.floatToRawIntBits(numbers[i]);
          numbers[i] = Float.intBitsToFloat(Integer.reverseBytes(bits));
        }
        came = Arrays.toString(numbers) + " with swapped bytes";
      }
    } catch (ClassCastException e) {
      came = "ClassCastException";
    }
    System.out.printf("%-32s%s%n", what, came);
  }
}
JAVA
jar=$(echo onnxruntime-*.jar)
"${bin}javac" -cp "$jar" Order.java

cat >expected <<'TEXT'
direct floats, native order     [1.0, 2.5]
direct floats, default order    [1.0, 2.5] with swapped bytes
direct bytes, native order      [1.0, 2.5]
direct bytes, default order     [1.0, 2.5] with swapped bytes
heap floats, default order      [1.0, 2.5]
heap bytes, default order       ClassCastException
TEXT
"${bin}java" -cp "$jar:." Order 2>errors >out || { cat errors >&2; untried 'ONNX Runtime did not run'; }
"${bin}java" -version 2>&1 | grep version
echo "onnxruntime $onnxruntime"
cat out
if ! diff expected out >&2; then
  echo 'CHANGED: this is no longer as described.'
  exit 1
fi
echo 'As described.'
