#!/usr/bin/env bash
# KernelExplainer of shap gives ten Shapley values by default and zeros for the rest, also where it has scored every mask.
#
# Since shap 0.47 the regression of KernelExplainer.shap_values keeps ten features, which a Lasso chooses, unless `l1_reg` says
# otherwise (before it kept all of them once a fifth of all masks were scored). With more than ten players the values still add up to
# f(everything) - f(nothing), so nothing looks wrong, and nothing is said: but what belongs to the others is shared out among the ten. In
# a game where each of 64 players adds exactly 1, ten get about 6.4 each, more or less by chance, and 54 get 0. More samples do
# not help; with 11 players all 2046 masks between nothing and everything are scored, and one player still gets 0. For pictures, of 50 to
# 100 superpixels, all but ten are blank.
#
# What helps is `l1_reg=0`, with which the same samples give each player its value to 13 digits.
#
# Seen with shap 0.51.0, scikit-learn 1.x and Python 3.11 on Linux, x86-64; each player adds 1:
#
#   64 players, default          10 of them, 1 is worth 0.0 to 7.1, sum 64.0
#   64 players, l1_reg=0         64 of them, 1 is worth 1.0 to 1.0, sum 64.0
#   11 players, every mask       10 of them, 1 is worth 0.0 to 1.1, sum 11.0
#   11 players, l1_reg=0         11 of them, 1 is worth 1.0 to 1.0, sum 11.0
#   warnings                     0
#
# Needs Python 3.11 or later with pip, and 150 MB of downloads. Exits with 0 where all is as described, with 1 where it is not, and with 2
# where it could not be tried.
set -euo pipefail

shap=0.51.0
learn='scikit-learn>=1.5,<2'
numpy='numpy>=2,<3'

untried() {
  echo "not tried: $*" >&2
  exit 2
}

python=${PYTHON:-python3}
command -v "$python" >/dev/null || untried 'it needs Python'

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

"$python" -m pip install --quiet --disable-pip-version-check --target packages "shap==$shap" "$learn" "$numpy" >pip.log 2>&1 ||
  { cat pip.log >&2; untried "pip did not get shap $shap"; }

cat >players.py <<'PYTHON'
import warnings

import numpy as np
import shap


def values(players, **options):
    np.random.seed(0)
    explainer = shap.KernelExplainer(lambda masks: masks.sum(1), np.zeros((1, players)))
    return explainer.shap_values(np.ones((1, players)), nsamples=4000, silent=True, **options)[0]


def told(name, found):
    low, high = found.min(), found.max()
    print(f"{name:<28} {np.count_nonzero(found)} of them, 1 is worth {low:.1f} to {high:.1f}, sum {found.sum():.1f}")


with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    many, few = values(64), values(11)
    told("64 players, default", many)
    told("64 players, l1_reg=0", values(64, l1_reg=0))
    told("11 players, every mask", few)
    told("11 players, l1_reg=0", values(11, l1_reg=0))
about = [w for w in said if issubclass(w.category, (UserWarning, RuntimeWarning))]
print(f"{'warnings':<28} {len(about)}")
for players, found in (64, many), (11, few):
    assert np.count_nonzero(found) == 10, found
    assert abs(found.sum() - players) < 1e-9, found
for players in 64, 11:
    assert np.abs(values(players, l1_reg=0) - 1).max() < 1e-9
assert many.max() > 6, many
assert not about, [str(w.message) for w in about]
PYTHON

echo "shap $shap, $("$python" --version)"
PYTHONPATH=$tmp/packages "$python" players.py || { echo 'not as described' >&2; exit 1; }
