# Sourced by the scripts that start a JVM: find_jdk NAME prints the home of a JDK 25 or later, or says on
# stderr, in the name of NAME, what to install and exits with 2.
# shellcheck shell=bash

# A folder is a usable JDK if its release file says so; starting each candidate would take longer.
is_jdk() {
  local line
  [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line =~ ^JAVA_VERSION=\"([0-9]+) ]]; then
      ((10#${BASH_REMATCH[1]} >= 25))
      return
    fi
  done <"$1/release"
  return 1
}

jdk_on_path() {
  local java
  java=$(command -v java) || return 0
  while [[ -L $java ]]; do
    local link
    link=$(readlink "$java")
    [[ $link == /* ]] || link=$(dirname "$java")/$link
    java=$link
  done
  java=${java%/*}
  printf '%s\n' "${java%/*}"
}

find_jdk() {
  local home
  for home in \
    "${JAVA_HOME:-}" \
    "$(jdk_on_path)" \
    /usr/lib/jvm/* \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* \
    "${HOME:-}"/.jdks/* \
    /opt/java/* /opt/jdk* \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if is_jdk "$home"; then
      printf '%s\n' "$home"
      return
    fi
  done
  if [[ -x /usr/libexec/java_home ]] && home=$(/usr/libexec/java_home -v 25+ 2>/dev/null) && is_jdk "$home"; then
    printf '%s\n' "$home"
    return
  fi
  printf '%s: needs a JDK 25 or later and found none. Install one (Debian: apt-get install temurin-25-jdk or openjdk-25-jdk; macOS: brew install openjdk; SDKMAN: sdk install java) or set JAVA_HOME to it.\n' "$1" >&2
  exit 2
}
