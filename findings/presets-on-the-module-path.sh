#!/usr/bin/env bash
# JavaCPP presets on the module path: the jars with the native code are found, and left out.
#
# The presets for OpenCV are explicit modules, so a modular program says `requires org.bytedeco.opencv`, and one would guess that it then
# needs no more than all the jars on the module path, as on the class path. It compiles and starts, and its first use of OpenCV throws an
# UnsatisfiedLinkError. The jar for a platform is a module of its own (org.bytedeco.opencv.linux.x86_64) that requires the preset, but no
# module requires it, so Java does not resolve it and the preset cannot see its libraries. The error misleads: it names java.library.path,
# and its cause says that the library is not in "class, module, and library paths", while the jar that has it is on the module path.
#
# What helps is --add-modules with the platform modules of OpenCV and of OpenBLAS, which OpenCV needs: either alone is too little, and
# JavaCPP's own is not needed. A module-info that requires them works and is bound to one platform. `requires static`, which the module
# org.bytedeco.opencv.platform (seen of 4.13.0-1.5.13) uses for all platforms, resolves nothing at run time.
#
# Seen on Linux, x86-64, with Java 17.0.15 and with Java 25.0.3, the paths at the end of each message left out:
#
#   class path                        sum 42
#   module path                       UnsatisfiedLinkError: no jniopenblas_nolapack in java.library.path
#     and OpenCV's platform           UnsatisfiedLinkError: no jniopenblas_nolapack in java.library.path
#     and OpenBLAS's platform         UnsatisfiedLinkError: no jniopencv_core in java.library.path
#     and both platforms              sum 42
#   platforms' modules on the path: 3, resolved: 0
#
# OpenCV's pom asks for OpenBLAS 0.3.34-1.5.14, which Maven did not find when this was written. With the newest that it found, JavaCPP warns
# that versions do not match. That is not the cause: javacpp 1.5.13, openblas 0.3.31-1.5.13 and opencv 4.13.0-1.5.13, which do match, gave
# the same.
#
# Needs a JDK 17 or later (JAVA_HOME, or on the PATH), Maven, and some 55 MB of downloads. Exits with 0 where all is as described, with 1
# where it is not, and with 2 where it could not be tried.
set -euo pipefail

javacpp=1.5.14 openblas=0.3.31-1.5.13 opencv=4.14.0-1.5.14
copy=org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy
bin=${JAVA_HOME:+$JAVA_HOME/bin/}

untried() {
  echo "not tried: $*" >&2
  exit 2
}

[[ $(uname -sm) == 'Linux x86_64' ]] || untried "the jars are for Linux on x86-64, and this is $(uname -sm)"
command -v "${bin}javac" >/dev/null || untried 'it needs a JDK'
command -v mvn >/dev/null || untried 'it needs Maven'

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

for artifact in "javacpp:$javacpp" "openblas:$openblas" "opencv:$opencv"; do
  for classifier in '' ':jar:linux-x86_64'; do
    mvn -q -B -Dstyle.color=never "$copy" -Dartifact="org.bytedeco:$artifact$classifier" -DoutputDirectory="$tmp/jars" >mvn.log 2>&1 ||
      { cat mvn.log >&2; untried "Maven did not get $artifact$classifier"; }
  done
done

mkdir -p src/demo
cat >src/module-info.java <<'JAVA'
module demo {
  requires org.bytedeco.opencv;
}
JAVA
cat >src/demo/Sum.java <<'JAVA'
package demo;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

public class Sum {
  public static void main(String[] args) {
    try (Mat sevens = new Mat(2, 3, opencv_core.CV_8UC1, new Scalar(7));
        Scalar sum = opencv_core.sumElems(sevens)) {
      System.out.println("sum " + (int) sum.get(0));
    }
  }
}
JAVA
"${bin}javac" --module-path jars -d classes src/module-info.java src/demo/Sum.java

"${bin}java" -version 2>&1 | grep version
echo "javacpp $javacpp, openblas $openblas, opencv $opencv"

changed=0

# expect WHAT OUTCOME OPTIONS...: runs the program with a new cache for JavaCPP, so that no run finds libraries that another unpacked.
expect() {
  local what=$1 outcome=$2 seen
  shift 2
  rm -rf cache
  "${bin}java" -Dorg.bytedeco.javacpp.cachedir="$tmp/cache" "$@" >out 2>&1 || true
  seen=$(grep -m1 -oE '^sum .*|UnsatisfiedLinkError: no .* in java\.library\.path' out) || seen=$(cat out)
  printf '%-33s %s\n' "$what" "$seen"
  [[ $seen == "$outcome" ]] || { changed=1; echo "  was: $outcome"; }
}

missing() { echo "UnsatisfiedLinkError: no $1 in java.library.path"; }

modules=(--module-path classes:jars)
program=(--module demo/demo.Sum)
platform=linux.x86_64

expect 'class path' 'sum 42' --class-path 'classes:jars/*' demo.Sum
expect 'module path' "$(missing jniopenblas_nolapack)" "${modules[@]}" "${program[@]}"
expect "  and OpenCV's platform" "$(missing jniopenblas_nolapack)" \
  "${modules[@]}" --add-modules org.bytedeco.opencv.$platform "${program[@]}"
expect "  and OpenBLAS's platform" "$(missing jniopencv_core)" \
  "${modules[@]}" --add-modules org.bytedeco.openblas.$platform "${program[@]}"
expect '  and both platforms' 'sum 42' \
  "${modules[@]}" --add-modules org.bytedeco.opencv.$platform,org.bytedeco.openblas.$platform "${program[@]}"

# The cause: the platforms' modules are there to be resolved, and are not.
there=$("${bin}java" "${modules[@]}" --list-modules | grep -c "\.$platform" || true)
resolved=$("${bin}java" "${modules[@]}" --show-module-resolution --dry-run "${program[@]}" | grep -c "\.$platform " || true)
echo "platforms' modules on the path: $there, resolved: $resolved"
[[ $there == 3 && $resolved == 0 ]] || { changed=1; echo '  was: 3, resolved: 0'; }

if ((changed)); then
  echo 'CHANGED: this is no longer as described.'
  exit 1
fi
echo 'As described.'
