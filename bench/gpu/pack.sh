#!/usr/bin/env bash
# Packs all that a bare GPU machine needs, a Java runtime included, in pieces of at most 60 MB:
#
#   bench/gpu/pack.sh [--profile cuda|cpu] OUT [MODEL]...
#
# OUT then holds the pieces, their checksums and run.sh. Needs Maven and a JDK 25 here.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=native-config/src/main/config/find-jdk.sh
source "$root/native-config/src/main/config/find-jdk.sh"

profile=cuda
if [[ ${1:-} == --profile ]]; then
  profile=${2:-}
  shift 2
fi
if [[ $# -lt 1 || ($profile != cuda && $profile != cpu) ]]; then
  printf 'usage: %s [--profile cuda|cpu] OUT [MODEL]...\n' "$0" >&2
  exit 2
fi
mkdir -p "$1"
out=$(cd "$1" && pwd)
shift
jdk=$(find_jdk pack.sh)
stage=$(mktemp -d "$out/stage.XXXXXX")
trap 'rm -r "$stage"' EXIT

# Test classes are compiled, not run: those for CUDA run over there.
goals=(-pl bench -am -DskipTests package)
[[ $profile == cuda ]] && goals+=(-Pcuda)
(cd "$root" && JAVA_HOME=$jdk mvn -B -q "${goals[@]}")

mkdir "$stage/lib" "$stage/tests" "$stage/models"
IFS=: read -r -a jars <<<"$(<"$root/bench/target/launch/classpath")"
for jar in "${jars[@]}" "$root"/bench/target/quicklime-bench-*.jar; do
  case ${jar##*/} in
    nd4j-* | jmh-* | *-sources.jar) ;; # Yardsticks of other benchmarks.
    *) cp "$jar" "$stage/lib/" ;;
  esac
done
cp -r "$root/engine/torch/target/test-classes/." "$stage/tests/"
junit=$(sed -n 's:.*<junit.version>\(.*\)</junit.version>.*:\1:p' "$root/pom.xml")
(cd "$root" && mvn -B -q -N dependency:copy "-DoutputDirectory=$stage/junit" \
  "-Dartifact=org.junit.platform:junit-platform-console-standalone:$junit")
cp "$root/native-config/src/main/config/jvm.args" "$stage/"
for model in "$@"; do
  cp "$model" "$stage/models/"
done
"$jdk/bin/jlink" --add-modules java.se,jdk.incubator.vector,jdk.unsupported,jdk.zipfs,jdk.management \
  --strip-debug --no-header-files --no-man-pages --output "$stage/runtime"

rm -f "$out"/quicklime.tar.gz.*
tar -C "$stage" -cz . | split -b 60MB - "$out/quicklime.tar.gz."
cp "$root/bench/gpu/run.sh" "$out/"
(cd "$out" && sha256sum quicklime.tar.gz.* >SHA256SUMS && du -ch quicklime.tar.gz.* | tail -n 1)
