package dev.quicklime.torch.architecture;

import dev.quicklime.InvalidInputException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A residual network after He et al., "Deep residual learning for image recognition", CVPR 2016,
 * for pictures of three channels, with the tensor names of torchvision. Where a stage halves the
 * picture, the 3×3 convolution of its first block does.
 *
 * @param block what it is built of
 * @param depths blocks of each of the four stages, each ≥ 1
 * @param width channels of the first stage, ≥ 1; each stage doubles them
 * @param groups groups of the 3×3 convolutions, ≥ 1; 1 in basic blocks
 * @param groupWidth channels of a group of the first stage, where the width is 64; 64 in basic
 *     blocks
 */
public record ResNet(Block block, List<Integer> depths, int width, int groups, int groupWidth)
    implements Architecture {

  private static final int WIDTH = 64;
  private static final int STAGES = 4;

  static final SequencedMap<String, ResNet> NAMED = named();

  /** What a residual network is built of. */
  public enum Block {
    /** Two 3×3 convolutions. */
    BASIC(1),
    /** A 3×3 convolution between two of 1×1, the last of which has four times the channels. */
    BOTTLENECK(4);

    private final int expansion;

    Block(int expansion) {
      this.expansion = expansion;
    }

    /** Channels that it puts out for each of its stage's. */
    public int expansion() {
      return expansion;
    }
  }

  /**
   * Checks the numbers.
   *
   * @throws InvalidInputException if a number is outside of its range
   */
  public ResNet {
    Objects.requireNonNull(block, "block");
    Objects.requireNonNull(depths, "depths");
    depths = List.copyOf(depths);
    if (depths.size() != STAGES || depths.stream().anyMatch(depth -> depth < 1 || depth > 1000)) {
      throw new InvalidInputException(
          "depths must be four numbers between 1 and 1000, got " + depths);
    }
    if (width < 1 || width > 4096) {
      throw new InvalidInputException("width must be between 1 and 4096, got " + width);
    }
    boolean plain = groups == 1 && groupWidth == WIDTH;
    if (block == Block.BASIC && !plain) {
      throw new InvalidInputException(
          "basic blocks must have 1 group of %s channels, got %s of %s"
              .formatted(WIDTH, groups, groupWidth));
    }
    if (groups < 1 || groups > 1024 || groupWidth < 1 || groupWidth > 4096) {
      throw new InvalidInputException(
          "groups must be between 1 and 1024, of 1 to 4096 channels, got %s of %s"
              .formatted(groups, groupWidth));
    }
    if ((long) width * groupWidth < WIDTH) {
      throw new InvalidInputException(
          "a group must have at least one channel, got width %s and group width %s"
              .formatted(width, groupWidth));
    }
  }

  /** A network of plain blocks, 64 channels wide at first. */
  static ResNet of(Block block, int... depths) {
    return grouped(block, 1, WIDTH, depths);
  }

  private static ResNet grouped(Block block, int groups, int groupWidth, int... depths) {
    return new ResNet(block, Arrays.stream(depths).boxed().toList(), WIDTH, groups, groupWidth);
  }

  /** Channels of a stage's blocks before they are expanded. */
  int planes(int stage) {
    return width << stage;
  }

  /** Channels of a stage's 3×3 convolutions. */
  public int inner(int stage) {
    return planes(stage) * groupWidth / WIDTH * groups;
  }

  /** Channels that a stage puts out. */
  public int out(int stage) {
    return planes(stage) * block.expansion();
  }

  private static SequencedMap<String, ResNet> named() {
    SequencedMap<String, ResNet> named = new LinkedHashMap<>();
    named.put("resnet18", of(Block.BASIC, 2, 2, 2, 2));
    named.put("resnet34", of(Block.BASIC, 3, 4, 6, 3));
    named.put("resnet50", of(Block.BOTTLENECK, 3, 4, 6, 3));
    named.put("resnet101", of(Block.BOTTLENECK, 3, 4, 23, 3));
    named.put("resnet152", of(Block.BOTTLENECK, 3, 8, 36, 3));
    named.put("resnext50_32x4d", grouped(Block.BOTTLENECK, 32, 4, 3, 4, 6, 3));
    named.put("resnext101_32x8d", grouped(Block.BOTTLENECK, 32, 8, 3, 4, 23, 3));
    named.put("resnext101_64x4d", grouped(Block.BOTTLENECK, 64, 4, 3, 4, 23, 3));
    named.put("wide_resnet50_2", grouped(Block.BOTTLENECK, 1, 128, 3, 4, 6, 3));
    named.put("wide_resnet101_2", grouped(Block.BOTTLENECK, 1, 128, 3, 4, 23, 3));
    return Collections.unmodifiableSequencedMap(named);
  }
}
