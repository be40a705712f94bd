# Distribution packages: cmake/packages.txt says which, by section.

say() { printf '%s\n' "$*" >&2; }

# Runs a command as root: directly, or through sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# The lines of one section, comments dropped.
packages_in() {
  awk -v section="[$1]" '/^\[/ { inside = ($0 == section); next } inside && NF && $1 !~ /^#/ { print $1 }' \
    "$root/cmake/packages.txt"
}

# The lines of the sections of which no alternative is installed.
missing_packages() {
  local installed line name found
  installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | awk '$1 == "installed" { print $2 }' | tr '\n' ' ')"
  for section in "$@"; do
    for line in $(packages_in "$section"); do
      found=
      for name in ${line//|/ }; do
        [[ $installed == *" $name "* ]] && found=1
      done
      [ -n "$found" ] || echo "$line"
    done
  done
}

# The first alternative that apt can install; the first of all where it knows none, so that apt names it.
choose_package() {
  local name
  for name in ${1//|/ }; do
    if apt-cache policy "$name" 2>/dev/null | grep -q 'Candidate: [^(]'; then
      echo "$name"
      return
    fi
  done
  echo "${1%%|*}"
}

# ensure_packages SECTION..: installs what is missing; silent when nothing is.
ensure_packages() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    return 0 # another distribution: cmake will say what it does not find
  fi
  local missing names=()
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    say "These packages are missing, and there is no sudo to install them. As root, run:"
    say "  apt-get install ${missing//$'\n'/ }"
    return 1
  fi
  say "Installing: ${missing//$'\n'/ }"
  as_root apt-get update -q </dev/null >&2
  for line in $missing; do
    names+=("$(choose_package "$line")")
  done
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "${names[@]}" </dev/null >&2
}

print_package_names() {
  say "Assay is built from these packages (Debian's names; yours may be called a little differently):"
  for section in "$@"; do
    packages_in "$section" | sed 's/|/ or /; s/^/  /' >&2
  done
}

dev_setup() {
  if ! command -v apt-get >/dev/null; then
    print_package_names build lint
    return 0
  fi
  ensure_packages build
  say "Everything that the build needs is installed."
}
