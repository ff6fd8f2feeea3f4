#!/usr/bin/env bash
# With emptyStringIsFalse(true) jmustache asks every object that a section opens for its text.
#
# {{#person}}...{{/person}} opens an object and shows its fields; nothing of it prints the object itself. With emptyStringIsFalse(true), meant
# for texts, the formatter is called for the object all the same, and toString() with it, each time that the section is met: only the text tells
# whether it is empty. A record writes all of its fields out for that, so a page whose model is one record in another, with pictures as texts in
# it, costs a copy of the whole page for each section. An object whose toString() is empty is skipped as if it were not there.
#
# What helps is a formatter that answers for such objects without their toString().
#
# Seen with jmustache 1.16, Java 25.0.3; calls of toString() of an object that three sections open, and what is printed:
#
#   emptyStringIsFalse   calls   printed
#   false                0       Ada Ada Ada
#   true                 3       Ada Ada Ada
#   true, an empty text  3       (nothing)
#
# Needs a JDK 21 or later (JAVA_HOME, or on the PATH), Maven, and some downloads. Exits with 0 where all is as described, with 1 where it is not, and
# with 2 where it could not be tried.
set -euo pipefail

jmustache=1.16
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.11.0
bin=${JAVA_HOME:+$JAVA_HOME/bin/}

untried() {
  echo "not tried: $*" >&2
  exit 2
}

command -v "${bin}java" >/dev/null || untried 'it needs a JDK'
command -v mvn >/dev/null || untried 'it needs Maven'

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

cat >pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>demo</groupId>
  <artifactId>demo</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.samskivert</groupId>
      <artifactId>jmustache</artifactId>
      <version>$jmustache</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q -B -Dstyle.color=never "$plugin:copy-dependencies" -DoutputDirectory="$tmp/jars" >mvn.log 2>&1 ||
  { cat mvn.log >&2; untried "Maven did not get jmustache $jmustache"; }

cat >Sections.java <<'JAVA'
import com.samskivert.mustache.Mustache;
import java.util.Map;

public class Sections {
  static int calls;

  public static class Person {
    public final String name = "Ada";
    private final String text;

    Person(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      calls++;
      return text;
    }
  }

  static void show(boolean emptyIsFalse, String text) {
    calls = 0;
    String section = "{{#person}}{{name}} {{/person}}";
    String printed =
        Mustache.compiler()
            .emptyStringIsFalse(emptyIsFalse)
            .compile(section + section + section)
            .execute(Map.of("person", new Person(text)));
    System.out.println(emptyIsFalse + "|" + text + "|" + calls + "|" + printed.strip());
  }

  public static void main(String[] args) {
    show(false, "a person");
    show(true, "a person");
    show(true, "");
  }
}
JAVA
"${bin}java" -cp "$tmp/jars/*" Sections.java | tee seen

diff seen - <<'SEEN' || { echo 'not as described' >&2; exit 1; }
false|a person|0|Ada Ada Ada
true|a person|3|Ada Ada Ada
true||3|
SEEN
echo 'as described'
