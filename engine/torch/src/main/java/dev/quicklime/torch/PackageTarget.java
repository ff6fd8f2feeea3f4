package dev.quicklime.torch;

import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.kernel.machine.CpuFlags;
import dev.quicklime.torch.internal.TorchRuntime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a package's code was compiled for. Code for another processor would end the process, so this
 * is compared before any of it is loaded.
 *
 * @param device {@code cpu} or {@code cuda}
 * @param platform operating system, in Python's words: linux, darwin or win32
 * @param machine processor family, for instance x86_64
 * @param instructions instruction sets that the code uses, in Linux's words
 * @param torch version of the exporter's torch, or empty if that is not noted
 */
record PackageTarget(
    String device, String platform, String machine, List<String> instructions, String torch) {

  /** What inductor means by its names; more than the names say, as its compiler flags show. */
  private static final Map<String, List<String>> SETS =
      Map.of(
          "AVX2", List.of("avx2", "fma", "f16c"),
          "AVX512", List.of("avx512f", "avx512dq", "avx512vl", "avx512bw", "fma"),
          "AVX512_VNNI", List.of("avx512_vnni"),
          "AMX_TILE", List.of("amx_tile", "amx_bf16", "amx_int8"));

  /** What inductor notes where it found none. */
  private static final String NO_SET = "INVALID_VEC_ISA";

  /** Compiler flags whose name is not Linux's. */
  private static final Map<String, String> FLAGS =
      Map.of(
          "avx512vnni", "avx512_vnni",
          "avx512bf16", "avx512_bf16",
          "avx512fp16", "avx512_fp16",
          "amx-tile", "amx_tile",
          "amx-bf16", "amx_bf16",
          "amx-int8", "amx_int8",
          "amx-fp16", "amx_fp16");

  private static final Pattern FLAG = Pattern.compile("(?<= )-m((?:avx|amx)[a-z0-9-]*|fma|f16c)");

  /** Copies the instruction sets. */
  PackageTarget {
    instructions = List.copyOf(instructions);
  }

  /**
   * Reads it from a package.
   *
   * @throws QuicklimeException if the package does not say it
   */
  static PackageTarget of(PackageFile file) {
    Map<String, String> metadata = file.metadata();
    for (String key : List.of("AOTI_DEVICE_KEY", "AOTI_PLATFORM", "AOTI_MACHINE", "AOTI_CPU_ISA")) {
      if (!metadata.containsKey(key)) {
        throw new QuicklimeException(
            ("model %s must say what it was compiled for, got no %s in its metadata; export it with"
                    + " torch %s")
                .formatted(file.file(), key, release(TorchRuntime.version())));
      }
    }
    TreeSet<String> instructions = new TreeSet<>();
    String[] sets = metadata.getOrDefault("AOTI_CPU_ISA", "").strip().split("\\s+", -1);
    // A set that nobody here has heard of is needed all the same.
    Arrays.stream(sets)
        .filter(set -> !set.isEmpty() && !set.equals(NO_SET))
        .flatMap(set -> SETS.getOrDefault(set, List.of(set.toLowerCase(Locale.ROOT))).stream())
        .forEach(instructions::add);
    file.commands().stream()
        .flatMap(command -> FLAG.matcher(command).results())
        .map(flag -> FLAGS.getOrDefault(flag.group(1), flag.group(1)))
        .forEach(instructions::add);
    return new PackageTarget(
        metadata.getOrDefault("AOTI_DEVICE_KEY", ""),
        metadata.getOrDefault("AOTI_PLATFORM", ""),
        metadata.getOrDefault("AOTI_MACHINE", ""),
        List.copyOf(instructions),
        metadata.getOrDefault("quicklime.torch", ""));
  }

  /**
   * Compares it with this machine.
   *
   * @param name the model, for what is wrong with it
   * @throws QuicklimeException if the code is for another one
   */
  void check(String name) {
    check(name, thisPlatform(), thisMachine(), CpuFlags::has, TorchRuntime.version());
  }

  void check(
      String name,
      String ownPlatform,
      String ownMachine,
      Predicate<String> ownInstructions,
      String ownTorch) {
    if (!device.equals("cpu") && !device.equals("cuda")) {
      throw wrong(name, "device cpu or cuda", device);
    }
    if (!platform.equals(ownPlatform) || !family(machine).equals(family(ownMachine))) {
      throw wrong(name, ownPlatform + " on " + ownMachine, platform + " on " + machine);
    }
    List<String> missing =
        family(machine).equals("x86_64")
            ? instructions.stream().filter(set -> !ownInstructions.test(set)).toList()
            : List.of();
    if (!missing.isEmpty()) {
      throw wrong(
          name, "this processor", "code that needs " + String.join(", ", missing) + " besides");
    }
    if (!torch.isEmpty() && !release(torch).equals(release(ownTorch))) {
      throw wrong(name, "libtorch " + release(ownTorch), torch);
    }
  }

  private static QuicklimeException wrong(String name, String rule, String got) {
    return new QuicklimeException(
        "model %s must be compiled for %s, got %s; export it again there"
            .formatted(name, rule, got));
  }

  /** Major and minor version: compiled code and libtorch share structures. */
  static String release(String version) {
    return Stream.of(version.split("[.+-]", -1))
        .limit(2)
        .reduce((major, minor) -> major + "." + minor)
        .orElse(version);
  }

  private static String thisPlatform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return "darwin";
    }
    return system.startsWith("windows") ? "win32" : system;
  }

  private static String thisMachine() {
    return family(System.getProperty("os.arch"));
  }

  private static String family(String machine) {
    return switch (machine.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64", "x64" -> "x86_64";
      case "aarch64", "arm64" -> "aarch64";
      default -> machine;
    };
  }
}
