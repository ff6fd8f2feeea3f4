#!/usr/bin/env bash
# Makes a start-up cache (an archive of class data): startup-cache.sh CACHE JAVA JVM-OPTION... -cp CLASS-PATH
# MAIN-CLASS ARGUMENT...
#
# Runs the command once, listing which classes it loads, then writes them to CACHE. Whoever starts with
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
trap 'rm -f "$work" "$work.classes"' EXIT

# What the listed run answers does not matter, only what it loads.
"$java" "${options[@]}" -Xshare:off -XX:DumpLoadedClassList="$work.classes" -cp "$classpath" "$@" || true
"$java" "${options[@]}" -Xshare:dump -XX:SharedClassListFile="$work.classes" -XX:SharedArchiveFile="$work" -cp "$classpath"
mv -f "$work" "$cache"
