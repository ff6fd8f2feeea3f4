#!/usr/bin/env bash
# Makes a start-up cache (JEP 514/515): startup-cache.sh CACHE JAVA JVM-OPTION... MAIN-CLASS ARGUMENT...
#
# Runs the command once, recording which classes it loads and links, then writes them to CACHE. Whoever
# starts with -XX:AOTCache=CACHE must give the same class path, of jars only, and the same modules. In two
# steps, since -XX:AOTCacheOutput hands its options on through an environment variable, where a space in a
# path parts them.
set -euo pipefail

cache=$1
java=$2
shift 2
work=$cache.$$
trap 'rm -f "$work" "$work.config"' EXIT

# What the recorded run answers does not matter, only what it loads.
"$java" -XX:AOTMode=record -XX:AOTConfiguration="$work.config" "$@" || true
"$java" -XX:AOTMode=create -XX:AOTConfiguration="$work.config" -XX:AOTCache="$work" "$@"
mv -f "$work" "$cache"
