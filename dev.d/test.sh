# Tests, checks of the sources, and the long run.

# Reads ctest's log: counts test functions (QtTest prints a line for each), and a program that ended without
# a failed function of its own (a crash, a time-out) as one failure. Names go to stderr, the counts to stdout.
count_tests() {
  awk '
    function closeProgram() {
      if (program != "" && !passedHere && failedHere == 0) {
        failed++; print "failed:  " program "  (the program itself)" > "/dev/stderr"
      }
    }
    / Testing: / { closeProgram(); program = $NF; failedHere = 0; passedHere = 0 }
    /^Test (Passed|Skipped)/ { passedHere = 1 }
    /^PASS   : / && !/::(init|cleanup)TestCase\(/ { passed++ }
    /^FAIL!  : / { failed++; failedHere++; print "failed:  " program "  " $3 > "/dev/stderr" }
    /^SKIP   : / { skipped++; print "skipped: " program "  " $3 > "/dev/stderr" }
    END { closeProgram(); printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }
  ' "$1"
}

# ./dev test [NAME] [ctest option..]
dev_test() {
  local folder status=0 options=()
  while [ $# -gt 0 ]; do
    case $1 in
      -*) options+=("$1"); [[ $1 == -[LRE] || $1 == -LE ]] && { options+=("$2"); shift; } ;;
      *) options+=(-R "$1") ;;
    esac
    shift
  done
  folder=$(build_dir)
  build_preset "$preset"
  ASSAY_TEST_DATA=$(realpath -m "${ASSAY_TEST_DATA:-$root/../shared/data}")
  export ASSAY_TEST_DATA
  rm -f "$folder/Testing/Temporary/LastTest.log"
  ctest --test-dir "$folder" -j2 --output-on-failure --no-tests=error "${options[@]}" </dev/null || status=$?
  [ -f "$folder/Testing/Temporary/LastTest.log" ] || return "${status:-1}"
  echo
  count_tests "$folder/Testing/Temporary/LastTest.log"
  return "$status"
}

# Formatting of all files; clang-tidy on core and ui (clang cannot compile libtorch 1.13's headers as C++20).
dev_lint() {
  local status=0 folder
  ensure_packages build lint
  for tool in clang-format clang-tidy; do
    command -v $tool >/dev/null || { say "$tool is not installed."; return 1; }
  done
  (cd "$root" && git ls-files '*.cpp' '*.h' | xargs -r clang-format --dry-run -Werror) || status=1
  # A configuration without precompiled headers, which are GCC's, and without the engine.
  folder=$(build_dir lint)
  [ -f "$folder/build.ninja" ] || cmake -S "$root" --preset dev -B "$folder" \
    -DASSAY_PCH=OFF -DASSAY_ENGINE=OFF -DASSAY_TESTS=OFF >&2
  (cd "$root" && git ls-files 'core/*.cpp' 'app/assay-cli/*.cpp' \
    | xargs -r -P "$(nproc)" -n 4 clang-tidy --quiet -p "$folder") || status=1
  [ "$status" = 0 ] && say "lint: nothing found"
  return "$status"
}
