# Runs a program of the folder of the script that sources this, beside what the build left.
folder=bench/$(basename "$(dirname "${BASH_SOURCE[1]}")")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# program FILE ARGUMENT…
program() {
  local file=$1 launch=samples/cli/target/launch quicklime=${QUICKLIME:-$PWD/samples/quicklime} java classpath
  shift
  "$quicklime" --version >/dev/null
  # shellcheck source=native-config/src/main/config/find-jdk.sh
  source native-config/src/main/config/find-jdk.sh
  java=$(find_jdk "${file%.java}")/bin/java
  classpath=${QUICKLIME_CLASSPATH:-$(sed -n 3p "$launch/built"):$(<"$launch/classpath")}
  # Sockets need descriptors on both sides.
  ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
  exec "$java" @native-config/src/main/config/jvm.args -Dorg.bytedeco.javacpp.platform.extension= \
    -cp "$classpath" "$folder/$file" "$@" -- "$quicklime"
}
