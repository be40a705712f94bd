# Pictures of the window, to be looked at: every panel, filled, light and dark, in every language.

shots_languages=(en zh_CN)
shots_size=1480x920

# ./dev shots DIR
dev_shots() {
  local out=${1:?"which folder shall the pictures go to?"} project display theme language status=0
  build_preset "$preset" assay "${cli_targets[@]}"
  [ -f "$(demo_dir)/demo.assay/project.db" ] || dev_demo
  mkdir -p "$out"
  out=$(realpath "$out")
  project=$(shots_project)
  for language in "${shots_languages[@]}"; do
    for theme in light dark; do
      shots_window "$out" "$theme" "$language" || status=1
      shots_window "$out" "$theme" "$language" "$project" || status=1
    done
  done
  ls "$out"
  return "$status"
}

# A copy of the demo project with real rows beside the invented ones, so that the demo stays as it is.
shots_project() {
  local folder data=${ASSAY_TEST_DATA:-$root/../shared/data} cli file
  folder=$(dirname "$(demo_dir)")/shots.assay
  cli=$(build_dir)/bin/assay-cli
  if [ ! -f "$folder/project.db" ] || [ "$(demo_dir)/demo.assay/project.db" -nt "$folder/project.db" ]; then
    rm -rf "$folder"
    # A plain copy: `project copy` only reads, and a demo of an older version must be brought up to date first.
    cp -r "$(demo_dir)/demo.assay" "$folder"
    for file in sft/llamafactory-toolcall/glaive_toolcall_en_demo.json sft/llamafactory-alpaca/alpaca_zh_demo.json \
      preference/llamafactory-dpo/dpo_en_demo.json; do
      if [ -f "$data/$file" ]; then
        "$cli" import "$folder" "$data/$file" >&2 || true
      fi
    done
  fi
  echo "$folder"
}

# shots_window DIR THEME LANGUAGE [PROJECT]: a display of its own where there is none.
shots_window() {
  local out=$1 theme=$2 language=$3 settings
  shift 3
  settings=$(mktemp)
  ASSAY_AUTHOR=${ASSAY_AUTHOR:-Ada} QT_QPA_PLATFORM=offscreen "$(build_dir)/bin/assay" --settings "$settings" --theme "$theme" --language "$language" \
    --size "$shots_size" --shots "$out" "$@" >&2
  local status=$?
  rm -f "$settings"
  return "$status"
}
