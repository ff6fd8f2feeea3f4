package dev.quicklime.onnx.internal;

import ai.onnxruntime.OnnxJavaType;

/** Kinds of elements that an input may be made of. */
public enum OnnxElement {
  /** IEEE 754 single precision. */
  FLOAT32(OnnxJavaType.FLOAT),
  /** IEEE 754 half precision. */
  FLOAT16(OnnxJavaType.FLOAT16),
  /** Whole numbers from 0 to 255. */
  UINT8(OnnxJavaType.UINT8),
  /** IEEE 754 double precision. */
  FLOAT64(OnnxJavaType.DOUBLE);

  private final OnnxJavaType java;

  OnnxElement(OnnxJavaType java) {
    this.java = java;
  }

  OnnxJavaType java() {
    return java;
  }

  /** Bytes of an element. */
  public int bytes() {
    return java.size;
  }
}
