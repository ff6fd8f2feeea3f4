#!/usr/bin/env bash
# Runs on the GPU machine, in the folder of the pieces; needs bash, tar and a driver for CUDA 13.
#
#   ./run.sh                       all of the steps below, and model.pt with its defaults
#   ./run.sh unpack                put the pieces together and unpack them
#   ./run.sh doctor                see that libtorch computes
#   ./run.sh test                  the tests that need a GPU; a missing one is a failure
#   ./run.sh measure MODEL.pt ...  the bare forward pass, explanations, the way to the device
#   ./run.sh explain ...           the command itself, or any other of its subcommands
#
#   CUDA_LIBRARIES=DIR:DIR  where CUDA 13 and cuDNN 9 are, if neither in the system's places nor in
#                           Python's nvidia-* packages
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
here=$PWD
home=$here/quicklime

unpack() {
  sha256sum --quiet -c SHA256SUMS
  mkdir -p "$home"
  cat quicklime.tar.gz.* | tar -C "$home" -xz
}

# Folders with CUDA's libraries, joined by colons.
libraries() {
  local dir
  printf '%s' "${CUDA_LIBRARIES:-}"
  for dir in /usr/local/cuda/lib64 /usr/local/cuda/extras/CUPTI/lib64; do
    if [[ -d $dir ]]; then printf ':%s' "$dir"; fi
  done
  command -v python3 >/dev/null || return 0
  python3 - <<'PYTHON'
import glob, os, site, sys
for place in {*site.getsitepackages(), site.getusersitepackages(), *sys.path}:
    for folder in sorted(glob.glob(os.path.join(place, "nvidia", "*", "lib"))):
        print(":" + folder, end="")
PYTHON
}

java() {
  local paths
  paths=$(libraries)
  # What is on the path is taken before what JavaCPP would look for in a jar.
  LD_LIBRARY_PATH=$paths${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} "$home/runtime/bin/java" "@$home/jvm.args" \
    -Dorg.bytedeco.javacpp.pathsFirst=true "-Dorg.bytedeco.javacpp.cachedir=$here/cache" "$@"
}

quicklime() { java -cp "$home/lib/*" dev.quicklime.cli.Main "$@"; }

tests() {
  java -Ddev.quicklime.require=cuda -cp "$home/tests:$home/lib/*:$home/junit/*" \
    org.junit.platform.console.ConsoleLauncher execute --disable-banner --include-tag cuda \
    --select-class dev.quicklime.torch.CudaTest
}

measure() { java -Xmx4g -cp "$home/lib/*" dev.quicklime.bench.gpu.GpuMain "$@"; }

case ${1:-all} in
  all)
    unpack
    quicklime doctor
    tests
    for model in "$home"/models/*.pt; do
      if [[ -e $model ]]; then measure "$model"; fi
    done
    ;;
  unpack) unpack ;;
  test) tests ;;
  measure) measure "${@:2}" ;;
  *) quicklime "$@" ;;
esac
