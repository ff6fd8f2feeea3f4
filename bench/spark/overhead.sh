#!/usr/bin/env bash
# Sets the job that explains pictures beside a loop over the engine that is warm, in turns in one process: it may take
# 1.15 of the time of the faster of two such loops. Then prints what two executors of one core each take for it.
# Not part of the build: two processors and some minutes.
#
#   bench/spark/overhead.sh [--pictures 200] [--samples 500] [--turns 3] [--most 1.15]
set -euo pipefail
# shellcheck source=bench/spark/program.sh
source "$(dirname "${BASH_SOURCE[0]}")/program.sh"
(program Overhead.java "$@")
(JAVA_TOOL_OPTIONS='-Dspark.master=local-cluster[2,1,2048]' program Overhead.java --only-job "$@" 2> >(grep -v '^Picked up' >&2))
