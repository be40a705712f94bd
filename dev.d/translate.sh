# Collecting the texts of the window and of core for translators: one file an area, so that two people can work at
# once. `ASSAY_TRANSLATIONS` names another folder to write to (the test that nothing is missing uses it).

translated_languages=(zh_CN)

# ./dev translate
dev_translate() {
  build_preset "$preset" assay-cli
  collect_all_texts "${ASSAY_TRANSLATIONS:-$root/translations}" "$(build_dir)/bin/assay-cli"
}

# collect_all_texts FOLDER CLI: the texts of core are listed by the built program.
collect_all_texts() {
  local folder=$1 cli=$2 language area core
  core=$(mktemp -d)
  "$cli" texts >"$core/texts.cpp"
  for language in "${translated_languages[@]}"; do
    mkdir -p "$folder/$language"
    collect_texts "$folder/$language/core.ts" "$language" "$core/texts.cpp"
    collect_texts "$folder/$language/window.ts" "$language" "$root/ui/shell" "$root/ui/service" "$root/app/assay"
    collect_texts "$folder/$language/common.ts" "$language" "$root/ui/common"
    for area in "$root"/ui/panels/*/; do
      collect_texts "$folder/$language/$(basename "$area").ts" "$language" "$area"
    done
  done
  rm -r "$core"
}

# collect_texts FILE LANGUAGE SOURCE..: no line numbers, so that a change of code alone changes no translation.
# What it says on stderr is a mistake: a text that is collected under another name than the one asked for.
collect_texts() {
  local file=$1 language=$2
  shift 2
  # The headers tell it the namespace of a class, which is part of the name that Qt looks for.
  # lupdate of Qt 6.4 never comes back from a double parenthesis after a plural's text, as in
  # translate("..", "..", nullptr, int((a + b) / c)): saying so is better than waiting for ever.
  timeout 20 /usr/lib/qt6/bin/lupdate -silent -I "$root" -no-obsolete -locations none -source-language en -target-language "$language" \
    "$@" -ts "$file" >&2 || {
    echo "lupdate did not come back from $*" >&2
    return 1
  }
}
