# Using what was built: the window, the demo, measurements, packages.

demo_dir() { realpath -m "${ASSAY_DEMO_DIR:-${ASSAY_BUILD_DIR:-$root/build}/demo}"; }

cli_targets=(assay-cli assay_engine)

has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

# ./dev demo [assay-cli demo option..]
dev_demo() {
  build_preset "$preset" "${cli_targets[@]}"
  "$(build_dir)/bin/assay-cli" demo --out "$(demo_dir)" "$@"
}

# ./dev run [PROJECT]
dev_run() {
  if ! has_display; then
    say "There is no display; walking the same journey in the terminal."
    dev_demo
    return
  fi
  local project=${1:-$(demo_dir)/demo.assay}
  build_preset "$preset" assay "${cli_targets[@]}"
  if [ $# = 0 ] && [ ! -f "$project/project.db" ]; then
    say "The demo project is made first; it trains a few small models, which takes a few minutes."
    dev_demo
  fi
  "$(build_dir)/bin/assay" "$project"
}

# ./dev bench [WHAT]: tiny, smol (the engine), analysis (the phrase index), ui (the window)
dev_bench() {
  if [ "${1:-}" = ui ]; then
    shift
    bench_window "$@"
    return
  fi
  build_preset release "${cli_targets[@]}"
  "$(build_dir release)/bin/assay-cli" bench "$@"
}

# ./dev bench ui [--json]: on a project of a million samples, which is made once. ASSAY_BENCH_SAMPLES makes another.
bench_window() {
  local samples=${ASSAY_BENCH_SAMPLES:-1000000} folder settings
  build_preset release assay assay-cli
  folder=$(build_dir release)/bench-$samples.assay
  if [ ! -f "$folder/project.db" ]; then
    rm -rf "$folder" "$folder.made"
    "$(build_dir release)/bin/assay-cli" bench-project "$folder.made" --samples "$samples" >&2
    mv "$folder.made"* "$folder"
  fi
  settings=$(mktemp)
  QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} "$(build_dir release)/bin/assay" --settings "$settings" \
    --bench "$folder" "$@"
  rm -f "$settings"
}

# ./dev package: the .deb files stand in the release build's folder packages/.
dev_package() {
  local folder
  ensure_packages build package
  folder=$(build_dir release)
  build_preset release assay "${cli_targets[@]}"
  rm -rf "$folder/packages"
  (cd "$folder" && cpack -G DEB -B "$folder/packages" >&2)
  ls "$folder"/packages/*.deb
}
