#!/usr/bin/env bash
# How long a service takes from its start until it is ready; what clients get when it is told to end in the middle of
# their requests; whether one that was killed by -9 leaves anything; and whether two start at once with one empty cache.
# Fails where anything is lost or left. Not part of the build.
#
#   bench/service/ends.sh [CONNECTIONS]   500 by default
#
#   QUICKLIME=COMMAND, QUICKLIME_CLASSPATH=PATH   as for load.sh
set -euo pipefail
# shellcheck source=bench/program.sh
source "$(dirname "${BASH_SOURCE[0]}")/../program.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/quicklime-ends-XXXX")
mkdir "$work/javacpp" "$work/cache" "$work/tmp"
# Caches of its own, so that nobody else's are touched.
export JDK_JAVA_OPTIONS="-Dorg.bytedeco.javacpp.cachedir=$work/javacpp -Ddev.quicklime.cache=$work/cache -Djava.io.tmpdir=$work/tmp"
trap 'rm -rf "$work"' EXIT
(program Ends.java "$work" "$@")
