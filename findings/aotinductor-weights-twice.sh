#!/usr/bin/env bash
# AOTInductor: a loaded package holds its weights in memory twice, with aot_inductor.force_mmap_weights too.
#
# A package that is compiled with its weights inside holds them in its shared library. When it is loaded, all of them are copied from there
# to memory that the model owns, and the pages they were read from stay resident: a process that loads 64 MiB of weights grows by 128 MiB,
# 64 of them pages of a file that nothing reads any more. force_mmap_weights, by which one would take the weights to be used where they are
# mapped, changes where in the file they lie and by what call they are mapped; they are copied from there all the same, which on the CPU is
# a memcpy of each constant.
#
# What helps is to let go of these pages once the package is loaded: madvise(MADV_DONTNEED) on what is mapped from the library to be read
# only and was never written to, by /proc/self/smaps.
#
# Seen with torch 2.13.0 (CPU) on Linux, x86-64, with Python 3.11, for one linear layer of 4096 x 4096 floats:
#
#                        pages of the library   pages of the process
#   as usual             64 MiB                 64 MiB
#   force_mmap_weights   64 MiB                 64 MiB
#
# Needs Linux, Python 3.10 or later with venv, g++, and some 400 MB of downloads. Exits with 0 where all is as described, with 1 where it is
# not, and with 2 where it could not be tried.
set -euo pipefail

torch=2.13.0

untried() {
  echo "not tried: $*" >&2
  exit 2
}

[[ -r /proc/self/smaps ]] || untried 'pages are counted by /proc/self/smaps'
command -v g++ >/dev/null || untried 'it needs g++'
command -v python3 >/dev/null || untried 'it needs Python 3'

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

python3 -m venv python >venv.log 2>&1 || { cat venv.log >&2; untried 'Python made no environment'; }
python/bin/pip install -q "torch==$torch" numpy setuptools >pip.log 2>&1 || { tail -n 3 pip.log >&2; untried "pip did not get torch $torch"; }

cat >compile.py <<'PYTHON'
import sys

import torch

mapped = sys.argv[1] == "mapped"
torch.manual_seed(0)
for size, file in [(4096, "large"), (16, "small")]:
    layer = torch.nn.Linear(size, size, bias=False).eval()
    with torch.no_grad():
        exported = torch.export.export(layer, (torch.zeros(2, size),))
        torch._inductor.aoti_compile_and_package(
            exported,
            package_path=f"{sys.argv[2]}/{file}.pt2",
            inductor_configs={"aot_inductor.force_mmap_weights": mapped},
        )
PYTHON

# In a process of its own, which has compiled nothing.
cat >load.py <<'PYTHON'
import re
import sys

import torch

HEADER = re.compile(r"[0-9a-f]+-[0-9a-f]+ \S{4} \S+ \S+ \S+\s*(.*)")


def resident():
    """KiB of pages by the file that they are mapped from, "" for those of the process."""
    sizes, file = {}, ""
    with open("/proc/self/smaps") as lines:
        for line in lines:
            header = HEADER.match(line)
            if header:
                file = header.group(1) if header.group(1).startswith("/") else ""
            elif line.startswith("Rss:"):
                sizes[file] = sizes.get(file, 0) + int(line.split()[1])
    return sizes


# What loading takes the first time, modules and threads, is there before.
small = torch._inductor.aoti_load_package(f"{sys.argv[1]}/small.pt2")
small(torch.ones(2, 16))
x = torch.ones(2, 4096)
before = resident()
model = torch._inductor.aoti_load_package(f"{sys.argv[1]}/large.pt2")
after = resident()
assert model(x).shape == (2, 4096)


def whole(kib):
    """In steps of 8 MiB, as a process has some of its own besides."""
    return round(kib / 8192) * 8


library = sum(size for file, size in after.items() if file.split(" ")[0].endswith(".so") and file not in before)
own = after[""] - before.get("", 0)
print(f"{whole(library)} MiB{'':17}{whole(own)} MiB")
PYTHON

cat >expected <<'TEXT'
                     pages of the library   pages of the process
as usual             64 MiB                 64 MiB
force_mmap_weights   64 MiB                 64 MiB
TEXT
{
  printf '%-21s%-23s%s\n' '' 'pages of the library' 'pages of the process'
  for how in usual mapped; do
    case $how in usual) name='as usual' ;; mapped) name=force_mmap_weights ;; esac
    mkdir "$how"
    python/bin/python compile.py "$how" "$tmp/$how" >"$how.log" 2>&1 || { tail -n 3 "$how.log" >&2; untried 'the layer was not compiled'; }
    printf '%-21s%s\n' "$name" "$(python/bin/python load.py "$tmp/$how" 2>"$how.log" || tail -n 3 "$how.log" >&2)"
  done
} >out
python/bin/python --version
echo "torch $torch"
cat out
if ! diff expected out >&2; then
  echo 'CHANGED: this is no longer as described.'
  exit 1
fi
echo 'As described.'
