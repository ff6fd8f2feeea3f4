#!/usr/bin/env bash
# Makes a start-up cache (an archive of class data): startup-cache.sh CACHE JAVA JVM-OPTION... -cp CLASS-PATH
# MAIN-CLASS ARGUMENT... [--and MAIN-CLASS ARGUMENT...]...
#
# Runs each command once, listing which classes it loads, then writes them to CACHE. Whoever starts with
# -XX:SharedArchiveFile=CACHE must give the same class path, of jars only, and the same modules. The newer
# -XX:AOTCache keeps no lambda, no method handle and no class of picocli beside an incubator module, and the
# profiles that it keeps made the first batch no earlier.
set -euo pipefail

cache=$1
java=$2
shift 2
options=()
while [[ $# -gt 0 && $1 != -cp ]]; do
  options+=("$1")
  shift
done
classpath=$2
shift 2
work=$cache.$$
trap 'rm -f "$work" "$work.run" "$work.all" "$work.classes"' EXIT

# What the listed runs answer does not matter, only what they load.
run() {
  "$java" "${options[@]}" -Xshare:off -XX:DumpLoadedClassList="$work.run" -cp "$classpath" "$@" || true
  cat "$work.run" >>"$work.all"
}
command=()
for word; do
  if [[ $word == --and ]]; then
    run "${command[@]}"
    command=()
  else
    command+=("$word")
  fi
done
run "${command[@]}"
# Classes are numbered for those of loaders of one's own, which are left out; two runs number them twice.
grep -v ' source: ' "$work.all" | sed 's/ id: [0-9]*$//' | awk '!seen[$0]++' >"$work.classes"
"$java" "${options[@]}" -Xshare:dump -XX:SharedClassListFile="$work.classes" -XX:SharedArchiveFile="$work" -cp "$classpath"
mv -f "$work" "$cache"
