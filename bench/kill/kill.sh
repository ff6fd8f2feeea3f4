#!/usr/bin/env bash
# Ends commands by kill -9 at random moments and sees that no half file is ever taken for a whole one: after each
# kill every file that has its name must be whole, and after all of them the command, run to its end in the same
# folder, must give what it gives in an empty one. The first start is killed with empty caches, two at once.
# Prints the table of docs/robustness.md. Not part of the build: it takes some minutes on a machine of its own.
#
#   bench/kill/kill.sh [KILLS] [SEED]   kills of each command on average, 20 by default; seed 18
#
#   QUICKLIME=COMMAND   what is run (default: samples/quicklime)
#   WEIGHTS=FILE        weights of a resnet18 to import (default: zeros, written with the class path of the build)
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
kills=${1:-20}
RANDOM=${2:-18}
quicklime=${QUICKLIME:-$PWD/samples/quicklime}
work=$(mktemp -d "${TMPDIR:-/tmp}/quicklime-kill-XXXX")
trap 'rm -rf "$work"' EXIT
say() { printf '%s\n' "$1" >&2; }
die() {
  say "kill.sh: $1"
  exit 1
}

if [[ -z ${WEIGHTS:-} ]]; then
  "$quicklime" --version >/dev/null || die "there is no build"
  # shellcheck source=native-config/src/main/config/find-jdk.sh
  source native-config/src/main/config/find-jdk.sh
  jdk=$(find_jdk kill.sh) || die "there is no JDK to write the weights with"
  launch=samples/cli/target/launch
  "$jdk/bin/java" -cp "$(sed -n 3p "$launch/built"):$(<"$launch/classpath")" bench/kill/Weights.java resnet18 "$work/w.safetensors" ||
    die "no weights could be written"
  WEIGHTS=$work/w.safetensors
fi

# A cache of its own, so that nobody else's is touched.
export JDK_JAVA_OPTIONS="-Dorg.bytedeco.javacpp.cachedir=$work/javacpp -Ddev.quicklime.cache=$work/cache"
run() { "$quicklime" "$@" >"$work/out.log" 2>&1; }
millis() { printf '%s\n' "$((${EPOCHREALTIME//[^0-9]/} / 1000))"; }

# Whether a file that has its name is whole, as far as its format can tell.
whole() {
  case $1 in
    *.png) [[ $(tail -c 8 "$1" | od -An -tx1 | tr -d ' \n') == 49454e44ae426082 ]] ;;
    *.html) tail -c 64 "$1" | grep -q '</html>' ;;
    *.json) [[ $(tail -c 16 "$1" | tr -d ' \n' | tail -c 1) == [\}\]] ]] ;;
    *.npz | *.pt) [[ $(tail -c 22 "$1" | head -c 4 | od -An -tx1 | tr -d ' \n') == 504b0506 ]] ;;
    *) [[ -s $1 ]] ;;
  esac
}

# All that can be seen: what is hidden is nobody's result.
check() {
  local file
  while IFS= read -r file; do
    # The results of a profile grow by lines, of which the last may be a part; it is measured again.
    [[ $file == */profile.csv ]] || whole "$file" || die "$2 left half of $file"
  done < <(find "$1" -name '.quicklime-*' -prune -o -name 'unpacking-*' -prune -o -type f ! -name '*.new' -print)
}

# Kills what was started after a part of the time that it takes.
kill_after() {
  local most=$1 wait
  shift
  "$quicklime" "$@" >/dev/null 2>&1 &
  local pid=$!
  wait=$(((RANDOM * 32768 + RANDOM) % (most + most / 20)))
  sleep "$(printf '%d.%03d' $((wait / 1000)) $((wait % 1000)))"
  if kill -9 "$pid" 2>/dev/null; then
    killed=$((killed + 1))
  fi
  wait "$pid" 2>/dev/null
}

# What can be compared between two runs: not times, and not what is said of the moment.
digest() {
  case $1 in
    explain | study)
      find "$2" -name '*.json' ! -path '*/.quicklime-*' | sort | while IFS= read -r file; do
        grep -o '"coefficients" *: *\[[^]]*\]' "$file"
      done | cksum ;;
    profile) cut -d, -f1-13 "$2/profile.csv" | sort | cksum ;;
    import) find "$2" -type f ! -path '*/.quicklime-*' | sort | xargs cksum | cut -d' ' -f1,2 | cksum ;;
    scenes) find "$2" -type f ! -path '*/.quicklime-*' -printf '%f\n' | sort | cksum ;;
  esac
}

total=0
row() { printf '| %s | %d | %d | 0 |\n' "$1" "$2" "$3"; }

# command NAME PERCENT ARGUMENTS… with OUT for where results go; of KILLS it gets so many
command() {
  local name=$1 times=$((kills * $2 / 100)) start time killed=0 i
  shift 2
  run "${@//OUT/$work/ref-$name}" || die "$name fails without being killed: $(tail -n 2 "$work/out.log")"
  rm -rf "$work/ref-$name"
  start=$(millis)
  run "${@//OUT/$work/ref-$name}"
  time=$(($(millis) - start))
  for ((i = 0; i < times; i++)); do
    mkdir -p "$work/$name"
    kill_after "$time" "${@//OUT/$work/$name}"
    check "$work/$name" "$name"
  done
  # What they left is old by now.
  find "$work/$name" -exec touch -h -d '2 hours ago' {} +
  run "${@//OUT/$work/$name}" || die "$name fails after being killed: $(tail -n 2 "$work/out.log")"
  check "$work/$name" "$name"
  [[ $(digest "$name" "$work/ref-$name") == "$(digest "$name" "$work/$name")" ]] ||
    die "$name gives something else after being killed"
  local left
  left=$(find "$work/$name" -name '.quicklime-*' | wc -l)
  ((left == 0)) || die "$name leaves $left hidden folders of killed runs"
  row "\`$name\`" "$killed" "$times"
  total=$((total + killed))
}

first_start() {
  local args=(explain "$picture" --quiet --samples 20 --segments 9) start time killed=0 i pid
  rm -rf "$work/javacpp" "$work/cache"
  start=$(millis)
  run "${args[@]}" --out "$work/ref-first" || die "the first start fails: $(tail -n 2 "$work/out.log")"
  time=$(($(millis) - start))
  for ((i = 0; i < (kills + 1) / 2; i++)); do
    rm -rf "$work/javacpp" "$work/cache" "$work/first"
    "$quicklime" "${args[@]}" --out "$work/first-a" >/dev/null 2>&1 &
    pid=$!
    kill_after "$time" "${args[@]}" --out "$work/first-b"
    if ((i % 2)); then
      # The other one goes on, with what it finds.
      wait "$pid" || die "a first start fails beside one that is killed"
    else
      kill -9 "$pid" 2>/dev/null && killed=$((killed + 1))
      wait "$pid" 2>/dev/null
    fi
    run "${args[@]}" --out "$work/first" || die "a start fails after killed ones: $(tail -n 2 "$work/out.log")"
    check "$work/first" "the first start"
    [[ $(digest explain "$work/ref-first") == "$(digest explain "$work/first")" ]] ||
      die "a start after killed ones gives something else"
  done
  row 'first start, two at once' "$killed" $(((kills + 1) / 2))
  total=$((total + killed))
}

printf '| command | killed | runs | half files |\n|---|---:|---:|---:|\n'
run scenes generate --count 1 --out "$work/pictures" || die "no scene can be drawn: $(tail -n 2 "$work/out.log")"
picture=$work/pictures/scene-0001.png
command explain 150 explain "$picture" --quiet --samples 20 --segments 9 --export --out OUT
command study 50 study "$picture" --quiet --samples 20 --segments 9 --out OUT
command profile 80 profile "$picture" --samples 16,32 --seeds 2 --designs bernoulli --targets logit --reference 256 --held-out 50 --segments 9 --out OUT
command import 150 import --arch resnet18 --weights "$WEIGHTS" --out OUT/model.pt
command scenes 100 scenes train --scenes 16 --rounds 1 --out OUT
first_start
say "$total runs were killed, and no half file was taken for a whole one"
