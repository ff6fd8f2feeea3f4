# Runs a program of this folder with what the build left, and Spark's own jars; to be sourced.
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# program FILE ARGUMENT…
program() {
  local file=$1 launch=samples/spark/target/launch java ours spark jar jars classes
  shift
  if [[ ! -r $launch/spark ]]; then
    mvn -B -ntp -q -pl samples/spark -am -Dmaven.test.skip=true package
  fi
  # shellcheck source=native-config/src/main/config/find-jdk.sh
  source native-config/src/main/config/find-jdk.sh
  java=$(find_jdk "${file%.java}")/bin
  ours=${QUICKLIME_CLASSPATH:-$(sed -n 3p "$launch/built"):$(<"$launch/classpath")}
  spark=${SPARK_CLASSPATH:-$(<"$launch/spark")}
  # Executors are started from a folder of Spark's jars, and of what it shares with the engine.
  # Not local: it is removed once the function has ended.
  home=$(mktemp -d)
  trap 'rm -rf "$home"' EXIT
  mkdir -p "$home/jars"
  classes=$home/classes
  IFS=: read -r -a jars <<<"$spark:$ours"
  for jar in "${jars[@]}"; do
    case ${jar##*/} in
      quicklime-* | javacpp* | opencv* | openblas* | pytorch* | onnxruntime* | picocli*) ;;
      *.jar) ln -sf "$jar" "$home/jars/" ;;
    esac
  done
  cp samples/spark/src/test/resources/log4j2.properties "$home/"
  "$java/javac" -nowarn -proc:none --add-modules=jdk.incubator.vector -cp "$spark:$ours" -d "$classes" bench/spark/*.java \
    2> >(grep -v 'incubating\|^1 warning' >&2)
  SPARK_HOME=$home SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1 \
    "$java/java" @native-config/src/main/config/jvm.args -Xmx3g -Dlog4j2.configurationFile="$home/log4j2.properties" \
    -Dquicklime.ours="$classes:$ours" -cp "$classes:$spark:$ours" "${file%.java}" "$@"
}
