#!/bin/sh
# Installs what apt.txt lists when root on Debian; elsewhere says the one command that would.
set -eu
list=$(dirname "$0")/../apt.txt
command -v dpkg-query >/dev/null 2>&1 || { echo "Not Debian: the PDF needs Pango and HarfBuzz, the fast import a C compiler (see apt.txt)." >&2; exit 0; }
missing=""
for name in $(cat "$list"); do
  dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing="$missing $name"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ]; then
  echo "Installing system packages:$missing" >&2
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "System packages are missing. Without them there may be no PDF, or the import is slow. Run once: sudo apt-get install -y$missing" >&2
fi
