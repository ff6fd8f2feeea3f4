#!/usr/bin/env bash
# Clients of every kind at one service for a long time: correct ones, and such as leave, write slowly, send too much or
# nonsense, or nothing at all. Afterwards threads, descriptors, memory and buffers must be as before, or it fails.
# Prints tables. Not part of the build.
#
#   bench/service/soak.sh [MINUTES]   30 by default
#
#   QUICKLIME=COMMAND, QUICKLIME_CLASSPATH=PATH   as for load.sh
set -euo pipefail
# shellcheck source=bench/program.sh
source "$(dirname "${BASH_SOURCE[0]}")/../program.sh"
program Soak.java "$@"
