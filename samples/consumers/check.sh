#!/usr/bin/env bash
# What somebody else's project gets: installs Quicklime into a local repository of its own, builds the projects beside
# this script against it, looks at their class paths, and runs them. Arguments go to Maven (-o, for instance).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

fail() {
  printf 'consumers: %s\n' "$1" >&2
  exit 1
}

# shellcheck source=native-config/src/main/config/find-jdk.sh
source "$root/native-config/src/main/config/find-jdk.sh"
JAVA_HOME=$(find_jdk consumers)
export JAVA_HOME

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
repository=$work/repository

# What is between <$1> and </$1> of the parent pom.
property() { sed -n "s:^ *<$1>\(.*\)</$1> *$:\1:p" "$root/pom.xml" | head -n 1; }

# The user's own repository once more, by links where the disk allows, so that nothing is fetched again. Maven replaces
# jars and poms that it fetches; its notes on them it writes in place, so those are copied. What was installed of
# Quicklime before stays out.
seed() {
  local from=${HOME:-}/.m2/repository argument
  for argument in "$@"; do
    [[ $argument == -Dmaven.repo.local=* ]] && from=${argument#*=}
  done
  mkdir -p "$repository"
  [[ -d $from ]] || return 0
  cp -al "$from/." "$repository/" 2>/dev/null || cp -a "$from/." "$repository/"
  rm -rf "$repository/dev/quicklime"
  find "$repository" -type f ! -name '*.jar' ! -name '*.pom' ! -name '*.sha1' -exec sh -c \
    'for file; do cp -p "$file" "$file.own" && mv "$file.own" "$file"; done' sh {} +
}

# Maven's own libraries still use Unsafe, and JDKs say so.
export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow"

maven() { mvn -B -ntp -q "$@" -Dmaven.repo.local="$repository"; }

# Megabytes of the jars on class path $2 whose name begins with $1-; of all others where $1 is "other".
megabytes() {
  local file files size sum=0
  IFS=: read -r -a files <<<"$2"
  for file in "${files[@]}"; do
    case $1/${file##*/} in
      other/opencv-* | other/openblas-* | other/javacpp-* | other/pytorch-* | other/onnxruntime-*) continue ;;
      other/* | "$1/$1"-*) ;;
      *) continue ;;
    esac
    size=$(wc -c <"$file")
    sum=$((sum + size))
  done
  awk -v bytes="$sum" 'BEGIN { printf "%.1f", bytes / 1e6 }'
}

# Builds the project $1; its class path is then in $classpath. A copy, so that the checkout stays clean.
build() {
  local project=$1
  shift
  cp -r "$here/$project" "$work/$project"
  maven "$@" -f "$work/$project/pom.xml" -Dquicklime.version="$version" "${versions[@]}" \
    compile dependency:build-classpath -Dmdep.outputFile="$work/$project.classpath" -Dmdep.includeScope=runtime \
    || fail "$project does not build"
  classpath=$(<"$work/$project.classpath")
  printf 'consumers: %s downloads' "$project"
  for part in opencv openblas javacpp pytorch onnxruntime other; do
    printf ' %s %s MB,' "$part" "$(megabytes "$part" "$classpath")"
  done | sed 's/,$//'
  printf '\n'
}

# Fails where the class path of project $1 has a jar of the artifact $2.
without() {
  case :$classpath in
    *"/$2/"*) fail "$1 must not get $2, and gets $(tr ':' '\n' <<<"$classpath" | grep -F "/$2/" | sed 's:.*/::' | paste -sd ' ')" ;;
  esac
}

# Fails unless the class path of project $1 has exactly one jar by the name $2.
with() {
  local count
  count=$(tr ':' '\n' <<<"$classpath" | sed 's:.*/::' | grep -cxF "$2") || true
  ((count == 1)) || fail "$1 must get $2 once, and gets it $count times"
}

# Runs the class $2 of project $1.
run() {
  local project=$1 main=$2
  shift 2
  "$JAVA_HOME/bin/java" "@$root/native-config/src/main/config/jvm.args" \
    -cp "$work/$project/target/classes:$classpath" "$main" "$@" || fail "$project does not run"
}

versions=()
for plugin in resources compiler dependency; do
  versions+=("-Dmaven-$plugin-plugin.version=$(property "maven-$plugin-plugin.version")")
done
version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$root/pom.xml")
seed "$@"
(cd "$root" && maven "$@" install -Dmaven.test.skip=true -pl engine/core,engine/torch,engine/onnx -am) || fail "quicklime does not install"

platform=$(property quicklime.platform)
case $(uname -s)/$(uname -m) in
  Darwin/arm64) platform=macosx-arm64 ;;
esac
natives() {
  with "$1" "openblas-$(property openblas.version)-$platform.jar"
  with "$1" "opencv-$(property opencv.version)-$platform.jar"
  with "$1" "javacpp-$(property javacpp.version)-$platform.jar"
}

build function "$@"
without function org/bytedeco/pytorch
without function com/microsoft/onnxruntime/onnxruntime
natives function
run function consumer.Function

build torch "$@"
without torch com/microsoft/onnxruntime/onnxruntime
natives torch
with torch "pytorch-$(property pytorch.version)-$platform.jar"
scenes=$root/samples/scenes/src/main/resources/dev/quicklime/scenes/bundled
picture=$(find "$scenes" -name '*.png' | sort | head -n 1)
label=${picture##*/}
run torch consumer.Torch "$scenes/scenes.pt" "$picture" "${label%%-*}"

build onnx "$@"
without onnx org/bytedeco/pytorch
natives onnx
with onnx "onnxruntime-$(property onnxruntime.version).jar"
run onnx consumer.Onnx "$root/engine/onnx/src/test/resources/dev/quicklime/onnx/card.onnx" "$picture" cat

# The libtorch with CUDA, chosen by the environment. It is looked at only: it is large, and may find no GPU here.
if [[ $platform == linux-x86_64 ]]; then
  QUICKLIME_PROFILE=cuda maven "$@" -f "$work/torch/pom.xml" -Dquicklime.version="$version" "${versions[@]}" \
    dependency:tree -DoutputFile="$work/cuda.tree" || fail "torch does not resolve with QUICKLIME_PROFILE=cuda"
  grep -qF "pytorch:jar:$platform-gpu:" "$work/cuda.tree" || fail "torch gets no libtorch with CUDA by QUICKLIME_PROFILE=cuda"
  grep -qF "cuda:jar:$platform:" "$work/cuda.tree" || fail "torch gets no native code of cuda by QUICKLIME_PROFILE=cuda"
  ! grep -qF "pytorch:jar:$platform:" "$work/cuda.tree" || fail "torch gets the libtorch for the CPU beside the one with CUDA"
fi
printf 'consumers: all is well\n'
