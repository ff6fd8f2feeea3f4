# shellcheck shell=bash
# Sourced by what starts the JVM.

# Without a UTF-8 locale the JVM cannot name files beyond ASCII. What the variables ask for may not be installed,
# and is then none; so the locale that they lead to is asked, and where nobody can be asked their words count.
use_utf8_locale() {
  local charmap
  if command -v locale >/dev/null; then
    charmap=$(locale charmap 2>/dev/null) || charmap=
  else
    charmap=${LC_ALL:-${LC_CTYPE:-${LANG:-}}}
  fi
  case $charmap in
    *[Uu][Tt][Ff]-8* | *[Uu][Tt][Ff]8*) ;;
    *) export LC_ALL=C.UTF-8 ;;
  esac
}
