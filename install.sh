#!/usr/bin/env bash
# Installs what is missing, then does one thing: `bash install.sh report` builds the PDF, `bash install.sh test` runs the tests.
# A second run installs nothing. Nothing is written outside the project, but for the TeX packages that apt installs.
set -euo pipefail
cd "$(dirname "$0")"

TEX_PACKAGES="texlive-latex-recommended texlive-latex-extra texlive-luatex texlive-bibtex-extra
texlive-fonts-recommended texlive-pictures biber latexmk lmodern
fonts-linuxlibertine fonts-noto-core fonts-noto-cjk"
TEST_PACKAGES="poppler-utils git procps texlive-science chromium chromium-driver libreoffice-writer-nogui texlive-xetex
fonts-freefont-otf fonts-hosny-amiri fonts-dejavu-core fonts-arphic-gbsn00lp fonts-arphic-bsmi00lp fonts-ipaexfont-mincho
fonts-unfonts-core"
# What a report needs of a TeX distribution, by file, for systems where the packages have other names.
TEX_FILES="scrreprt.cls scrlayer-scrpage.sty fontspec.sty luaotfload.sty babel.sty csquotes.sty biblatex.sty
microtype.sty hyperref.sty longtable.sty booktabs.sty pdflscape.sty xcolor.sty tikz.sty amsmath.sty amssymb.sty"

# What a language needs is in its own file. Every report can be in one that new reviews begin in, or in the one that its
# report.yaml names; the tests take them all.
LANGUAGES=synopse/locale
of_language() { sed -n "s/^ *\"$2\": \"\(.*\)\",\{0,1\}$/\1/p" "$LANGUAGES/$1.json"; }
languages_for() {
  local file name named
  named=$(sed -n "s/^lang: *[\"']\{0,1\}\([a-z]*\).*/\1/p" sources/report.yaml 2>/dev/null | head -n 1)
  for file in "$LANGUAGES"/*.json; do
    name=$(basename "$file" .json)
    if [ "$1" = test ] || [ "$name" = "$named" ] || [ -n "$(of_language "$name" start)" ]; then echo "$name"; fi
  done
}
add_languages() {
  local name
  for name in $(languages_for "$1"); do
    TEX_PACKAGES="$TEX_PACKAGES $(of_language "$name" tex.package)"
    TEX_FILES="$TEX_FILES $(of_language "$name" tex.babel).ldf"
  done
}

has() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif has sudo && sudo -n true 2>/dev/null; then sudo "$@"
  elif has sudo && [ -t 0 ]; then sudo "$@"; else return 1; fi
}

missing_debian() {
  local name
  for name in "$@"; do
    dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || echo "$name"
  done
}

tex_is_there() {
  local file
  has lualatex && has biber && has kpsewhich || return 1
  # shellcheck disable=SC2086
  [ "$(kpsewhich $TEX_FILES | wc -l)" -ge "$(echo $TEX_FILES | wc -w)" ]
}

say_what_is_missing() {
  local file
  echo "The TeX distribution lacks something that the report needs:" >&2
  for file in lualatex biber; do has "$file" || echo "  the program $file" >&2; done
  if has kpsewhich; then
    for file in $TEX_FILES; do [ -n "$(kpsewhich "$file")" ] || echo "  $file" >&2; done
  fi
  echo "How to get it:" >&2
  echo "  Debian, Ubuntu: sudo apt-get install --no-install-recommends" $TEX_PACKAGES >&2
  # shellcheck disable=SC2086
  echo "  Fedora: sudo dnf install texlive-scheme-medium" \
    $(printf '%s\n' $TEX_PACKAGES | sed -n 's/^texlive-lang-/texlive-collection-lang/p') texlive-biblatex biber \
    "latexmk linux-libertine-fonts linux-libertine-biolinum-fonts google-noto-sans-fonts google-noto-serif-cjk-fonts" >&2
  echo "  macOS: brew install --cask mactex-no-gui   (its fonts hold Linux Libertine; brew install --cask font-noto-serif)" >&2
}

install_tex() {
  local wanted missing
  add_languages "$1"
  wanted="$TEX_PACKAGES"
  [ "$1" = test ] && wanted="$wanted $TEST_PACKAGES"
  if has apt-get && has dpkg-query; then
    # shellcheck disable=SC2086
    missing=$(missing_debian $wanted)
    [ -z "$missing" ] && return 0
    echo "installing: $(echo $missing)"
    # shellcheck disable=SC2086
    if as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends $missing >/dev/null; then return 0; fi
    echo "apt could not install it (no right to, or no network)." >&2
  fi
  tex_is_there || { say_what_is_missing; return 1; }
}

# The python3 of the system where it is new enough, else the newest that has a name of its own.
find_python() {
  local name
  for name in python3 $(compgen -c python3. | grep -E '^python3\.[0-9]+$' | sort -rVu); do
    if has "$name" && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"; return 0
    fi
  done
  return 1
}

# What .venv is made from: an upgrade of the system's Python leaves one whose packages it does not find.
asked_of_python() { { cat constraints.txt pyproject.toml; .venv/bin/python -V 2>&1 || true; } | cksum; }

apt_python() {
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
}

install_python() {
  local extras=$1 python stamp
  stamp=.venv/installed-$extras
  [ -x .venv/bin/doit ] && [ "$(cat "$stamp" 2>/dev/null)" = "$(asked_of_python)" ] && return 0
  find_python >/dev/null || ! has apt-get || apt_python
  python=$(find_python) || {
    echo "Python 3.11 or newer is needed: see https://www.python.org/downloads/" >&2
    return 1
  }
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null && has apt-get; then apt_python; fi
  if ! .venv/bin/python -c 'import pip' 2>/dev/null; then "$python" -m venv --clear .venv; fi
  echo "installing the Python packages into .venv"
  local target="."
  [ "$extras" = test ] && target=".[test]"
  PYTHONWARNINGS=ignore .venv/bin/python -m pip install -q --disable-pip-version-check --config-settings editable_mode=compat \
    -c constraints.txt -e "$target"
  .venv/bin/python -m compileall -q synopse  # so that a run reads no source, where Python may not write its own cache
  asked_of_python >"$stamp"
}

case "${1:-}" in
  report)
    install_tex report
    install_python report
    exec .venv/bin/doit "${@:2}"
    ;;
  test)
    install_tex test
    install_python test
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .
    .venv/bin/mypy
    # Side by side, a file of tests at a time; `-n 0` after `test` runs one after the other.
    exec .venv/bin/python -m pytest -n auto --dist loadfile "${@:2}"
    ;;
  *)
    echo "usage: bash install.sh report | test" >&2
    exit 2
    ;;
esac
