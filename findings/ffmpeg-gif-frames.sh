#!/usr/bin/env bash
# FFmpeg takes a GIF of many pictures for a single frame where no graphic control extension stands before any of them.
#
# The extension, of GIF 89a, says for how long a picture is shown, and a picture needs none: files of GIF 87a have none, and Pillow leaves it
# away where pictures have neither duration nor transparency. Browsers and Pillow show such a file picture after picture, a tenth of a second
# each. FFmpeg 8.1.2 cuts the file into frames at these extensions alone, so that all of it becomes one packet, of which the first picture is
# decoded. Nothing is warned of, and the exit code is 0. With an extension before each picture the same pictures are as many frames.
#
# What helps is to put an extension of eight bytes (21 f9 04 00 0a 00 00 00 for a tenth of a second) before each picture, in memory.
#
# Seen with FFmpeg 8.1.2 of org.bytedeco:ffmpeg 8.1.2-1.5.14 on Linux, x86-64; three pictures of 8x8:
#
#   pictures in the file      3
#   frames, no extension      1
#   frames, with extensions   3
#   warnings                  0
#
# Needs Maven, unzip, base64 and some 30 MB of downloads. Exits with 0 where all is as described, with 1 where it is not, and with 2 where it could
# not be tried.
set -euo pipefail

ffmpeg=8.1.2-1.5.14
copy=org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy

untried() {
  echo "not tried: $*" >&2
  exit 2
}

[[ $(uname -sm) == 'Linux x86_64' ]] || untried "the jar is for Linux on x86-64, and this is $(uname -sm)"
for tool in mvn unzip base64 od; do
  command -v "$tool" >/dev/null || untried "it needs $tool"
done

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

mvn -q -B -Dstyle.color=never "$copy" -Dartifact="org.bytedeco:ffmpeg:$ffmpeg:jar:linux-x86_64" -DoutputDirectory="$tmp/jars" >mvn.log 2>&1 ||
  { cat mvn.log >&2; untried "Maven did not get ffmpeg $ffmpeg"; }
unzip -qo jars/*.jar 'org/bytedeco/ffmpeg/linux-x86_64/*'
bin=$tmp/org/bytedeco/ffmpeg/linux-x86_64
chmod +x "$bin/ffprobe"
export LD_LIBRARY_PATH=$bin

# Three gray pictures one after the other, without and with extensions before them.
base64 -d >bare.gif <<<R0lGODlhCAAIAIEAABQUFAAAAAAAAAAAACwAAAAACAAIAAAIDwABCBxIsKDBgwgTKkwYEAAsAAAAAAgACACBeHh4AAAAAAAAAAAACA8AAQgcSLCgwYMIEypMGBAALAAAAAAIAAgAgdzc3AAAAAAAAAAAAAgPAAEIHEiwoMGDCBMqTBgQADs=
base64 -d >controlled.gif <<<R0lGODlhCAAIAIEAABQUFAAAAAAAAAAAACH/C05FVFNDQVBFMi4wAwEAAAAh+QQACgAAACwAAAAACAAIAAAIDwABCBxIsKDBgwgTKkwYEAAh+QQBCgABACwAAAAACAAIAIF4eHgAAAAAAAAAAAAIDwABCBxIsKDBgwgTKkwYEAAh+QQBCgABACwAAAAACAAIAIHc3NwAAAAAAAAAAAAIDwABCBxIsKDBgwgTKkwYEAA7

# A picture's descriptor: 2c, its place 0, 0 and its size 8, 8.
pictures=$(od -An -v -tx1 bare.gif | tr -d ' \n' | grep -o '2c0000000008000800' | wc -l)
frames() {
  "$bin/ffprobe" -v warning -count_frames -show_entries stream=nb_read_frames -of csv=p=0 "$1" 2>>warnings
}
bare=$(frames bare.gif)
controlled=$(frames controlled.gif)
warnings=$(wc -l <warnings)

"$bin/ffprobe" -version | head -1 | cut -d' ' -f1-3
wrong=0
told() {
  printf '%-25s %s\n' "$1" "$2"
  [[ $2 == "$3" ]] || wrong=1
}
told 'pictures in the file' "$pictures" 3
told 'frames, no extension' "$bare" 1
told 'frames, with extensions' "$controlled" 3
told 'warnings' "$warnings" 0
((wrong == 0)) || { echo 'not as described' >&2; exit 1; }
