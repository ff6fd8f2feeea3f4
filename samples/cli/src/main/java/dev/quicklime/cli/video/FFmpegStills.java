package dev.quicklime.cli.video;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.StillDecoder;
import dev.quicklime.image.StillFrame;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes still pictures by FFmpeg's decoders alone: what a container says, such as the grid of a
 * HEIC or its clean aperture, FFmpeg's own reader of it leaves to others.
 */
public final class FFmpegStills implements StillDecoder {
  /** What FFmpeg's fast readers may read beyond the end of their input. */
  private static final int PADDING = avcodec.AV_INPUT_BUFFER_PADDING_SIZE;

  /** {@code AV_FRAME_FLAG_CORRUPT}, which the preset leaves out. */
  private static final int CORRUPT = 1;

  /** Made by {@link java.util.ServiceLoader}. */
  public FFmpegStills() {}

  @Override
  public boolean decodes(Coding coding) {
    return find(coding) != null;
  }

  private static @Nullable AVCodec find(Coding coding) {
    Objects.requireNonNull(coding, "coding");
    AVCodec codec =
        avcodec.avcodec_find_decoder(
            switch (coding) {
              case HEVC -> avcodec.AV_CODEC_ID_HEVC;
              case AV1 -> avcodec.AV_CODEC_ID_AV1;
              case JPEG_2000 -> avcodec.AV_CODEC_ID_JPEG2000;
            });
    return codec == null || codec.isNull() ? null : codec;
  }

  @Override
  public void decode(
      Coding coding,
      byte[] configuration,
      List<byte[]> pictures,
      long maxPixels,
      Consumer<StillFrame> frames) {
    Objects.requireNonNull(configuration, "configuration");
    Objects.requireNonNull(pictures, "pictures");
    Objects.requireNonNull(frames, "frames");
    // Every failure is thrown; FFmpeg's own lines would stand beside it.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    AVCodec codec = find(coding);
    if (codec == null) {
      throw new InvalidInputException("FFmpeg must have a decoder of " + coding + ", got none");
    }
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    AVFrame frame = avutil.av_frame_alloc();
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      // FFmpeg frees the configuration with the context.
      if (configuration.length > 0) {
        BytePointer extra =
            new BytePointer(avutil.av_mallocz((long) configuration.length + PADDING));
        extra.put(configuration, 0, configuration.length);
        context.extradata(extra);
        context.extradata_size(configuration.length);
      }
      context.max_pixels(maxPixels);
      context.thread_count(1);
      // Damage is an error, not something to be covered up.
      context.err_recognition(avcodec.AV_EF_EXPLODE);
      check(avcodec.avcodec_open2(context, codec, (AVDictionary) null));
      for (byte[] picture : pictures) {
        check(avcodec.av_new_packet(packet, picture.length));
        packet.data().put(picture, 0, picture.length);
        check(avcodec.avcodec_send_packet(context, packet));
        avcodec.av_packet_unref(packet);
        receive(context, frame, frames);
      }
      check(avcodec.avcodec_send_packet(context, null));
      receive(context, frame, frames);
    } finally {
      avcodec.av_packet_free(packet);
      avutil.av_frame_free(frame);
      avcodec.avcodec_free_context(context);
    }
  }

  private static void receive(AVCodecContext context, AVFrame frame, Consumer<StillFrame> frames) {
    while (true) {
      int code = avcodec.avcodec_receive_frame(context, frame);
      if (code == avutil.AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
        return;
      }
      check(code);
      if (frame.decode_error_flags() != 0 || (frame.flags() & CORRUPT) != 0) {
        throw damaged();
      }
      frames.accept(FrameSamples.of(frame, context.bits_per_raw_sample()));
      avutil.av_frame_unref(frame);
    }
  }

  private static void check(int code) {
    if (code < 0) {
      throw damaged();
    }
  }

  private static InvalidInputException damaged() {
    return new InvalidInputException(
        "must be a whole picture that FFmpeg can decode, got damaged data");
  }
}
