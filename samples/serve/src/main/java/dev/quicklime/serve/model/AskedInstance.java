package dev.quicklime.serve.model;

/** What a request brought to be explained or predicted: a picture or a row. */
public sealed interface AskedInstance permits AskedPicture, AskedRow {

  /** What messages and answers call it, as {@code instances[0]}. */
  String name();
}
