# Configuring and building.

preset=${ASSAY_PRESET:-dev}

# The build folder of a preset. ASSAY_BUILD_DIR is that of the chosen one; others stand beside it.
build_dir() {
  local name=${1:-$preset}
  if [ -z "${ASSAY_BUILD_DIR:-}" ]; then
    echo "$root/build/$name"
  elif [ "$name" = "$preset" ]; then
    realpath -m "$ASSAY_BUILD_DIR"
  else
    realpath -m "$ASSAY_BUILD_DIR-$name"
  fi
}

# One compiler a core, but not more than memory allows: a file that includes torch needs about 1.5 GB.
job_count() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/MemAvailable/ { print int($2 / 1572864) }' /proc/meminfo 2>/dev/null || echo "$cores")
  [ "$memory" -lt 1 ] && memory=1
  echo "${ASSAY_JOBS:-$((cores < memory ? cores : memory))}"
}

# configure PRESET [cmake option..]
configure() {
  local name=$1 folder
  shift
  folder=$(build_dir "$name")
  # build.ninja is written last, so a configuration that failed is done again.
  [ -f "$folder/build.ninja" ] && [ $# = 0 ] && return 0
  if ! cmake -S "$root" --preset "$name" -B "$folder" "$@" >&2; then
    command -v apt-get >/dev/null || print_package_names build
    return 1
  fi
}

# build_preset PRESET [target..]
build_preset() {
  local name=$1
  shift
  ensure_packages build
  configure "$name"
  cmake --build "$(build_dir "$name")" -j "$(job_count)" ${1:+--target "$@"} >&2
}

dev_build() { build_preset "$preset" "$@"; }

dev_clean() { rm -rf "$(build_dir)"; }
