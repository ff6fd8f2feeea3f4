#!/usr/bin/env bash
# Gives every reader of files that is written in Java what a seeded mutator makes of whole files, in a heap of
# 256 MB: it must read or refuse each in time. Ends with the first fault, which seed and number bring back.
# Writes the table of docs/robustness.md to bench/target/fuzz.md.
#
#   bench/fuzz.sh [INPUTS] [SEED]     inputs for each reader, 20000 by default; seed 18
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
inputs=${1:-20000}
seed=${2:-18}
table=$PWD/bench/target/fuzz.md
mkdir -p bench/target
rm -f "$table"
# Each input is a file for a moment; memory is faster than a disk.
scratch=$(mktemp -d "$([[ -d /dev/shm && -w /dev/shm ]] && echo /dev/shm || echo "${TMPDIR:-/tmp}")/quicklime-fuzz-XXXX")
trap 'rm -rf "$scratch"' EXIT
mvn -B -ntp -q -pl bench -am test -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dquicklime.test.args=-Xmx256m \"-Djava.io.tmpdir=$scratch\" -Ddev.quicklime.fuzz.inputs=$inputs -Ddev.quicklime.fuzz.seed=$seed \"-Ddev.quicklime.fuzz.table=$table\""
printf '| reader | inputs | read | refused |\n|---|---:|---:|---:|\n'
cat "$table"
