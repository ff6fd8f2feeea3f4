#!/usr/bin/env bash
# Explains one picture by a million samples that two executors score, and then in one process: prints seconds and the
# largest memory of driver and executors, and fails where coefficients or intervals differ by more than 1e-9.
# Not part of the build: two processors and some minutes.
#
#   bench/spark/shard.sh [--samples 1000000] [--surrogate ridge] [--model F] [--size 32] [--far 1e-9]
set -euo pipefail
# shellcheck source=bench/spark/program.sh
source "$(dirname "${BASH_SOURCE[0]}")/program.sh"
program Shard.java "$@"
