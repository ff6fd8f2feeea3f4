#!/usr/bin/env bash
# What forward passes take beside other processes that compute on the same processors, in times of what they take alone:
# at most 3, 5 and 8 times for as many, twice as many and four times as many of them as there are two processors, and on a
# quiet machine no more than threads that spin while they wait. Prints a table. Not part of the build: two processors that are
# otherwise idle, and some minutes.
#
#   bench/neighbours/neighbours.sh [--neighbours 0,2,4,8] [--turns 5] [--stage forward] [--policy NAME=VALUE]... [OPTION OF explain]...
#
#   --stage NAME               another stage than forward passes, as segment
#   --policy NAME=VALUE        one more that is tried, as GOMP_SPINCOUNT=2000
#   OPTION OF explain          as --model resnet50.pt; the bundled model with 1,000 samples in fp32 otherwise
#
#   QUICKLIME_CLASSPATH=PATH   the engine's classes (default: those of the build)
set -euo pipefail
# shellcheck source=bench/program.sh
source "$(dirname "${BASH_SOURCE[0]}")/../program.sh"
program Neighbours.java "$@"
