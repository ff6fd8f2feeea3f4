#!/usr/bin/env bash
# Asks a service for explanations over many connections at once: every request must be answered once, by the
# explanation of its own picture or by 429, memory must be as before, and as many explanations a second must come as
# 0.85 of what the engine alone makes of the same pictures, in turns. Prints tables. Not part of
# the build: two processors and two minutes.
#
#   bench/service/load.sh [--seconds 60] [--connections 1000] [--threads auto] [--least 0.85]
#
#   --threads N                of the model, as the command has them; 1 on a machine that others use too
#
#   QUICKLIME=COMMAND          what is run (default: samples/quicklime)
#   QUICKLIME_CLASSPATH=PATH   the engine's classes (default: those of the build)
set -euo pipefail
# shellcheck source=bench/program.sh
source "$(dirname "${BASH_SOURCE[0]}")/../program.sh"
program Load.java "$@"
