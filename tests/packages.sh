#!/bin/sh
# Debian packages and the one npm package that the tests use: installed when root, else named in one line.
set -eu
want=""
need() { command -v "$1" >/dev/null 2>&1 || want="$want $2"; }
need tesseract tesseract-ocr
need chromium chromium
need espeak-ng espeak-ng
need openssl openssl
need npm npm
need git git
need age age
need strace strace
need go golang-go
need mat2 mat2
need exiftool libimage-exiftool-perl
need qpdf qpdf
need pdftotext poppler-utils
[ -d /usr/share/gocode/src/golang.org/x/mod/sumdb ] || want="$want golang-golang-x-mod-dev"
if command -v tesseract >/dev/null 2>&1; then
  tesseract --list-langs 2>/dev/null | grep -q '^chi_sim$' || want="$want tesseract-ocr-chi-sim"
else
  want="$want tesseract-ocr-chi-sim"
fi
if [ -n "$want" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing for the tests:$want"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $want >/dev/null
  else
    echo "The tests need these Debian packages: apt install$want" >&2
    exit 1
  fi
fi
here=$(dirname "$0")
if [ -f "$here/browser/package.json" ] && ! [ -d "$here/browser/node_modules/axe-core" ]; then
  (cd "$here/browser" && npm ci --silent --no-audit --no-fund)
fi
