#!/usr/bin/env bash
# FFmpeg writes a small HEIC picture with the padding it was coded with, and cuts odd clean apertures to even sides, though it knows the size.
#
# HEVC codes blocks, so a picture whose sides do not fit is filled up. libheif's encoder hides that by a grid of a single tile that is as large as the
# picture is to be. FFmpeg 8.1.2 shows such a file as a stream group whose width and height are right, and writes what the tile was coded as: a
# picture of 45x31 comes out 64x64, the rest filled with repeated edges, by default as well as with `-map 0:g:0`. Grids of several tiles are put
# together and cut to their size. Where a clean aperture says how much is to be seen, sides are rounded down to even numbers, as its crop does
# with subsampled colours: of 81x41 only 80x40 are left. Neither is warned of. Whoever reads pictures through FFmpeg gets others than a phone or
# a browser shows, and explains or trains on a border that nobody has taken.
#
# What helps is to read ispe, grid and clap from the file, and to cut what the decoder gives.
#
# Seen with FFmpeg 8.1.2 of org.bytedeco:ffmpeg 8.1.2-1.5.14 on Linux, x86-64:
#
#   one tile, the group's size     45x31
#   one tile, the picture          64x64
#   one tile, mapped by its group  64x64
#   clean aperture of 81x41        80x40
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
chmod +x "$bin/ffmpeg" "$bin/ffprobe"
export LD_LIBRARY_PATH=$bin

# 45x31 pixels, as heif-enc of libheif 1.15 writes them.
base64 -d >tile.heic <<'FILE'
AAAAGGZ0eXBoZWljAAAAAG1pZjFoZWljAAABrW1ldGEAAAAAAAAAIWhkbHIAAAAAAAAAAHBpY3QAAAAAAAAAAAAAAAAAAAAADnBpdG0AAAAAAAIAAAAQaWRhdAAAAAAALQAfAAAAOGlsb2MBAAAAREAAAgABAAAA
AAAAAc0AAQAAAAAAAAMXAAIAAQAAAAAAAAABAAAAAAAAAAgAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAQABAABodmMxAAAAABVpbmZlAgAAAAACAABncmlkAAAAANhpcHJwAAAAtmlwY28AAAB2aHZjQwEDcAAA
AAAAAAAAAB7wAPz9+PgAAA8DIAABABhAAQwB//8DcAAAAwCQAAADAAADAB66AkAhAAEAKkIBAQNwAAADAJAAAAMAAAMAHqAggQWW6q6a5uBAQMCAAAADAIAAAAMAhCIAAQAGRAHBc8GJAAAAFGlzcGUAAAAAAAAA
QAAAAEAAAAAUaXNwZQAAAAAAAAAtAAAAHwAAABBwaXhpAAAAAAMICAgAAAAaaXBtYQAAAAAAAAACAAECgQIAAgIDhAAAABppcmVmAAAAAAAAAA5kaW1nAAIAAQABAAADH21kYXQAAAMTKAGvBjIJqVNCkIkJJg/q
Fl/Ky7v+vIL1bDgJGEMhM2/aMxjyOKXmfEZFKzzn/yRSNjMz37Nle7A/1DzJJKOrhVPZqyAKaKi92EwoPv4w7yoaFSb1KULXBkA31yqgS2/uLxr3Bvw9dVTdg+buS0uXzu6AsfBT+Lk1x94ZXEFTXpyV7pIMBRSn
i3sCEj7UL75kZMeUxy10k/QyWWbuywgFDpaX37fLNnjFuLYr7XvR7LtsYdz8Sv3298H/k+sicjij6mqr1FyTTdv+5sSeR+XFSQLyKk4AnuAu/yUdGBDEJaHqRKBuAJYJqDBwD0qUOTccwOQ/P1UzhXeV/uD0zcmS
iIPNHsFOEyYBGsRS+5F9x3qXVQ1p0Ryqape3A/FqhCEDQvpQX3yp5gknm973t0kfmavG//a+ha3VNvynOk0OowvTX/yZ6VPfA/pQ/fIRNEATMzeu6/v8SP8SZuH/oKFwJ9EOc5a32L9+NH50cDl5Nox0uKO4BcEg
2d8hFApGH/8bpoJx6EhTSbFrRVJroutBhJGHKqz6eQcOGrsxauqO/awfk8FmVXzYO1zHj/krBScPwu7LkLI1Zxl/ndf7mLD/4jlajWppvk0mHZ490ZAmhpf5d6tuexT0WeDCQrUk3qJfnkh6csK7MR2U647WT7IG
Fmw5ZMcqimdln3okLOvX0eb0V9YNt5hJ6Bd7lS8s98dxfSYPC00ciex5pML6BNUbWnbllNX7bkNJ3UychUtH8kpq62jmQbnsuY10zqH+ErNq3VHz4JbGS0ccB0kxW9uVP3b1oWfuBtYAn7w+5/vu0S5aYIMiY6j9
XoGXueN5TjGivF2BKHKo8cwJAixsuRxB3bbIwDYqndfwlt8gZhta3TaO5JwJcqSwtr8367h9Iwe3XymKf//i6TwREm1e/+3iXuwzaf/bavL765F5MEBdf6CpIQtCs64Immztz8nHzyTuTgjH1I3SxBDq/v80sl+e
9SXwAstH13P1EF93JJGzkQwG06j3znK5jouzmUI+6AgM+g9sv+rUmkBMUcV8gtxd8x4FwA==
FILE
# 128x64 pixels with a clean aperture of 81x41, turned by a quarter and mirrored.
base64 -d >aperture.heic <<'FILE'
AAAAGGZ0eXBoZWljAAAAAG1pZjFoZWljAAABlG1ldGEAAAAAAAAAIWhkbHIAAAAAAAAAAHBpY3QAAAAAAAAAAAAAAAAAAAAADnBpdG0AAAAAAAEAAAAgaWxvYwEAAABEAAABAAEAAAAAAAEAAAG0AAAIBAAAACNp
aW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGh2YzEAAAABFmlwcnAAAAD1aXBjbwAAAHhodmNDAQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQArQgEBA3AAAAMA
kAAAAwAAAwAeoBAgQWW6kkprm4EBAwIAAAMAAgAAAwACECIAAQAHRAHBcrAiQAAAABNjb2xybmNseAACAAIABoAAAAAUaXNwZQAAAAAAAACAAAAAQAAAABRpc3BlAAAAAAAAAIAAAABAAAAAKGNsYXAAAABRAAAA
AQAAACkAAAAB////+QAAAAIAAAAFAAAAAgAAAAlpcm90AQAAAAlpbWlyAAAAABlpcG1hAAAAAAAAAAEAAQYBAgMFBgcAAAgMbWRhdAAACAAoAa8GOOPYdZFH5o/+IIiPujCZ0uW/38wofotRh7OXQ68RZHQ/T3//
5R1QuzAgUYeq+2WU3GFeafyJstaXZ0JJQsML+lAMDQxVPeVGDiHEppHkEQycM74aAh8FfvvTgTq9Rk2u6HLViqNjhOdn/6CjHpzXi8k6srawwBrixQx7+M+nEh2e9Zus7O7GxroyTJb/vkNZzciCf86Hse2H6OVu
yR1Isqg7LrIJx2IrbDo7iUeC/Is2fzFnfgOm+PewZeki0NCx+uxxeOH+2CVDJvYO51x89Dk0AiyROIJeBJ7egFys+HiOr2ewo8g0dtrjb5b5MxBhh7PFC1cx69XlCbLGoPuxo5Pu4jK97w38Z+XoKVDr1VW96I8I
tLII72CMVQeij/S0BvagG0kCYVurLG8znrCgPzlM42OIEHrfzSI/brYEH8JhSuCzrwS9bmTbNtRSq76JfDx3aY8w6RuHXqoThweG9gl7kDmRjSB/HD/8TwhwT01JYrcl9EesGeHiEdbbdXYgAIg4VW0VcrXgUhaJ
+3eOVNAQVQLSDT2Rev/sDSSkcVei5N8ra6wwVjIsnWRtu43V6cw/yaOiqLStE76mlH3I8PAV6Q+HuNfmk8NVZAc0GqrQiWif462t7ULd8L9s9ZqLwFwANq4J3ZHLUs9dd0FDEdCM0irsJaIt5Nzr6dUMPGcv5ld/
jJcJPU4+n5dJhqKyy+ZMqU333CE3N3jcdfh1xbsadNPjO2vJQjGlpxJsd/H+AxXr8Mk93mymxecH9QGLvCg0Y5QQAczotFRxe5CLETNqP9afaOiWzlsB5TcEo1i8FYZSlpybtv0z54Pc7VxszWt6hIMS1+R25PaK
IQoQ1Hw97rG6ydDV768wm2CW5HzdCdIj/I0B8jRQpYYX9+XxdI+TbFaLZikXH/66kmylWmZ8lfE80owyiARZd/dfJtLbbJ4B8O2SgGlZMjL4IureoDrGFJtDmk2p2ifQbwJFi2r9985S64B2Qw0C3ifTezEGeSev
8ns60YQ2KveOWPU1S/fNbsFAcRSg1Nhxq1SWWN+IR37T4RUjiJB+NL0FqlVHi8Fugk+xK75kojClWZrVVgrJjavEiB09gngBHxZnquvXIPSFruUTFsZR44pywGuGfY5Fc+fhK4AhMEtTESHsX+g9QUbZfekbLLvH
nDVnyLdlwlwU6vPc+Ho2Hlk/fMFcw15eVUcI+wHLdAsiPNLfoXPcHV9Y3+QN7HWJB/0IDjpHGXV1GZaZ0aiPBeK6mai/DtrH6u7ASVbv5rpMgdQ5dKlZKV0IlHrHKmwpw5KM+yEfJB4RbKJW6DVC/KTzNxarP+cx
Gl+ptwLA2UtrNCAK7NYMOoM3D/JIJMk8QbrPtSJ0JJH8/syZuksUMmohoo11WQzRAEg6qt0R0kxyDyKdV0sj/4kq4H9pE5/Efnid7+BqJ4i55em9EtA43uXnrxJdzc7pMme9Cs0+4ZhTPXCLUUkYXmV8LUYVnWLO
HA86TPDz9bxmbVI8RP7/ObWr39GXahzniW/Zm/JL3THhO1DsMJf31odfldS8cYk7YccqSYJ37sTzFPAXeBAcJUtZKY4cTZwznX6k3oLWriW91yPo30565IEnQJYVLWM4eQODK2nDRJ85sDnZRpDDfCN3kUKzwnAY
KvUr8j9Q/5c/34fq7iJ2BMqbExN818W8/YQUNXzyfMDv7EiMrmI0h+RmMFVYp0lXw4FDjLdodn25mpraVVhYeLc6UZTLpKl92n+V5nxYsocZJqWJ90AXmOpXshRlOiCm4/DCFccABIf4ofWL6uoU/MOspVJD3KP7
U6Loa61SwX3MsO9YtZl9ykwDIjH39a7+rbh+G4V+/qa6PhNRBpQl/UGM0DKGaAaGxmaD3OGZds1hZQlnzTjnv+HNl9iJ/4FO3Ar6mI2R4CbuIKdP8ef0NVhm/HRSw+pVIyL4UzHPAa5trHW841k0btnHtUqhlx8+
/VMsHGt/88sqgWSt/Wyq3L7SgeCJi4JmEnqisTwQZZLY8dkeJpLj2Zh7FaTuWWI1wK2B0QP6xuDgfilelvY6E2fYoS0beaa1gSwuCodi3xuhoR41dwr9y0bOWfkhbgKFey7G1UcdyyarVdmoEJVkTTF2XSU32ban
WYi0OLQE8lgg544/jZlD0uDaHLYgOJCCYqJCZOg0YHerf/6GnOKxCpwu1hw/QuNL8WNM480o8nYbzssN1he/a0KxgYjyshrtQucKpmvhyLIypt9gqrB+PP4PpsLm+uueojmS26iCA0hHRP4qJFpG/Hu6pTvJ1K3Q
RmF3KaJlo5kiXHwhUVpQd9zXNUSEHfCMuLdTYjAM+YuqIzL/PcI/4sYg3SSw740IdBJRSVSrR8dqWJj+V/Kja4Q6+vfeLWnav/IiVLNoUsDBqLJKr1lsxSfASiGbJCUmgR0icycNFa645Z5o6RL69W357UTXsuhF
5l+LScOav2tOCLVz08Rf8K5cafyz6QbaqdtD4IqpWzqPCQJUUjHwIc+3a+VfE8o/pn+6lFgQGk3UfPZolJ02D6eswfJTTTKmH/JNW/fFiVHqrRUKzedjSKEuWa0yC5EEA9qzu7r3RtEQB1k6/eySv96VlaPJ+rLG
ROdUZwQeNshQFZFPOWumom9PWeRYBcjfcSJ9UEahEKmOz54YoGUJw8Jg3O0WdY4IHkHtxNEkWnbmrpQeq+t9WJWxVahPvZ4FiYbVSEP9W7EkfwzNS2GRkw==
FILE

# Width and height of a PNG: the numbers behind its first 16 bytes.
size() {
  od -An -v -tu1 -j16 -N8 "$1" | awk '{print $3 * 256 + $4 "x" $7 * 256 + $8}'
}
write() {
  local file=$1
  shift
  "$bin/ffmpeg" -v error -y "$@" -update 1 -frames:v 1 "$file" </dev/null
}

"$bin/ffmpeg" -version | head -1 | cut -d' ' -f1-3
group=$("$bin/ffprobe" -v error -show_stream_groups tile.heic | awk -F= '$1 == "width" && !w {w = $2} $1 == "height" && !h {h = $2} END {print w "x" h}')
write default.png -i tile.heic
write mapped.png -i tile.heic -map 0:g:0
write cut.png -noautorotate -i aperture.heic

wrong=0
told() {
  printf '%-30s %s\n' "$1" "$2"
  [[ $2 == "$3" ]] || wrong=1
}
told "one tile, the group's size" "$group" 45x31
told 'one tile, the picture' "$(size default.png)" 64x64
told 'one tile, mapped by its group' "$(size mapped.png)" 64x64
told 'clean aperture of 81x41' "$(size cut.png)" 80x40
((wrong == 0)) || { echo 'not as described' >&2; exit 1; }
