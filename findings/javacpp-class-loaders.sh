#!/usr/bin/env bash
# A second class loader that brings JavaCPP's OpenCV has bindings of its own to one OpenCV, with the settings of the first.
#
# The JVM loads a file of native code for one class loader only, and to the next it says "already loaded in another classloader". JavaCPP
# catches that and loads the binding, libjniopencv_core.so, again from a copy that it writes beside the first in its cache:
# libjniopencv_core0.so, and libjniopencv_core1.so for a third. One would guess that each of these loaders, whose classes are apart, has an
# OpenCV of its own, or else that there is one of everything. There is neither: the library behind the bindings, libopencv_core.so.414, is mapped
# once, so that the number of threads that one application sets in a server, in a notebook or in a session of a cluster, is what all others compute with;
# and copies stay in the cache, one more for each loader that was alive at once.
#
# What helps is one class loader for all that share native code, above those of the applications.
#
# Seen with javacpp 1.5.14, opencv 4.14.0-1.5.14 and openblas 0.3.31-1.5.13 of linux-x86_64, Java 25.0.3:
#
#   same classes: false
#   the first sets 3, the second has 3
#   the second sets 5, the first has 5
#   a third has 5
#   mapped libopencv_core: 1
#   mapped libjniopencv_core: 3
#   left: libjniopencv_core.so libjniopencv_core0.so libjniopencv_core1.so
#
# Needs Linux on x86-64, a JDK 21 or later (JAVA_HOME, or on the PATH), Maven, and some 50 MB of downloads. Exits with 0 where all is as described,
# with 1 where it is not, and with 2 where it could not be tried.
set -euo pipefail

javacpp=1.5.14
opencv=4.14.0-1.5.14
openblas=0.3.31-1.5.13
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.11.0
bin=${JAVA_HOME:+$JAVA_HOME/bin/}

untried() {
  echo "not tried: $*" >&2
  exit 2
}

[[ $(uname -sm) == 'Linux x86_64' ]] || untried 'it looks for libraries of Linux on x86-64'
command -v "${bin}java" >/dev/null || untried 'it needs a JDK'
command -v mvn >/dev/null || untried 'it needs Maven'

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

{
  echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
  echo '<groupId>finding</groupId><artifactId>loaders</artifactId><version>1</version><dependencies>'
  for one in "javacpp $javacpp" "opencv $opencv" "openblas $openblas"; do
    read -r name version <<<"$one"
    for classifier in '' '<classifier>linux-x86_64</classifier>'; do
      echo "<dependency><groupId>org.bytedeco</groupId><artifactId>$name</artifactId><version>$version</version>$classifier</dependency>"
    done
  done
  echo '</dependencies></project>'
} >pom.xml
mvn -B -q "$plugin:copy-dependencies" -DoutputDirectory=jars >maven.log 2>&1 || untried "Maven fetched nothing: $(tail -n 1 maven.log)"

cat >Loaders.java <<'JAVA'
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

class Loaders {
  static Class<?> opencv(URL[] jars) throws Exception {
    ClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader());
    return Class.forName("org.bytedeco.opencv.global.opencv_core", true, loader);
  }

  static void set(Class<?> opencv, int threads) throws Exception {
    opencv.getMethod("setNumThreads", int.class).invoke(null, threads);
  }

  static Object threads(Class<?> opencv) throws Exception {
    return opencv.getMethod("getNumThreads").invoke(null);
  }

  static int mapped(String name) throws Exception {
    Set<String> files =
        Files.readAllLines(Path.of("/proc/self/maps")).stream()
            .filter(line -> line.contains("/" + name))
            .map(line -> line.substring(line.indexOf('/')))
            .collect(Collectors.toCollection(TreeSet::new));
    return files.size();
  }

  public static void main(String[] args) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (File jar : new File("jars").listFiles()) {
      urls.add(jar.toURI().toURL());
    }
    URL[] jars = urls.toArray(URL[]::new);
    Class<?> first = opencv(jars);
    set(first, 3);
    Class<?> second = opencv(jars);
    System.out.println("same classes: " + (first == second));
    System.out.println("the first sets 3, the second has " + threads(second));
    set(second, 5);
    System.out.println("the second sets 5, the first has " + threads(first));
    System.out.println("a third has " + threads(opencv(jars)));
    System.out.println("mapped libopencv_core: " + mapped("libopencv_core.so"));
    System.out.println("mapped libjniopencv_core: " + mapped("libjniopencv_core"));
  }
}
JAVA
options=(-Dorg.bytedeco.javacpp.cachedir="$tmp/cache" -Dorg.bytedeco.javacpp.logger=none)
"${bin}java" --enable-native-access=ALL-UNNAMED "${options[@]}" Loaders.java >seen 2>errors || untried "$(tail -n 1 errors)"
echo "left: $(find cache -name 'libjniopencv_core*' -printf '%f\n' | LC_ALL=C sort | paste -sd ' ' -)" >>seen

cat >expected <<'TEXT'
same classes: false
the first sets 3, the second has 3
the second sets 5, the first has 5
a third has 5
mapped libopencv_core: 1
mapped libjniopencv_core: 3
left: libjniopencv_core.so libjniopencv_core0.so libjniopencv_core1.so
TEXT
"${bin}java" -version 2>&1 | head -n 1
cat seen
diff expected seen >/dev/null || { echo 'changed: it is not as described' >&2; exit 1; }
echo 'as described'
