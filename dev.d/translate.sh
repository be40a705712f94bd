# Collecting the texts of the window and of core for translators: one file an area, so that two people can work at
# once. `ASSAY_TRANSLATIONS` names another folder to write to (the test that nothing is missing uses it).

translated_languages=(zh_CN)

# ./dev translate
dev_translate() {
  local folder=${ASSAY_TRANSLATIONS:-$root/translations} language area core
  build_preset "$preset" assay-cli
  core=$(mktemp -d)
  "$(build_dir)/bin/assay-cli" texts >"$core/texts.cpp"
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
collect_texts() {
  local file=$1 language=$2
  shift 2
  # The headers tell it the namespace of a class, which is part of the name that Qt looks for.
  # Qt 6.4 never comes back from some files; saying so is better than waiting for ever.
  timeout 60 /usr/lib/qt6/bin/lupdate -silent -I "$root" -no-obsolete -locations none -source-language en -target-language "$language" \
    "$@" -ts "$file" >&2
}
