# ./dev soak fuzz [--seconds N] [READER..]: feeds each reader of foreign files with what a fuzzer makes of real
# ones, under the address and undefined-behaviour sanitizers (needs clang).

fuzz_readers=(safetensors pytorch gguf weights tokenizer_json sentencepiece chat_template jsonl gguf_model)

# Small real files of a kind, to begin from.
fuzz_samples() {
  local data=${ASSAY_TEST_DATA:-$root/../shared/data} models
  models=$data/models
  case $1 in
    safetensors) echo "$data"/golden/*/adapter-lora/adapter_model.safetensors ;;
    pytorch) echo "$models"/format-fixtures/example-model.pt* ;;
    sentencepiece) echo "$models"/stories260k/tok512.model "$models"/stories260k/tok512.bin ;;
    chat_template) find "$data/chat-templates" -name '*.jinja' ;;
    jsonl) find "$data/sft" "$data/preference" -name '*.json*' -size -64k ;;
  esac
}

soak_fuzz() {
  local seconds=60 reader corpus failed=0 file
  local -a chosen=()
  while [ $# -gt 0 ]; do
    case $1 in
      --seconds) seconds=${2:?how many seconds}; shift 2 ;;
      *) chosen+=("$1"); shift ;;
    esac
  done
  [ ${#chosen[@]} -gt 0 ] || chosen=("${fuzz_readers[@]}")
  ensure_packages fuzz
  build_preset fuzz "${chosen[@]/#/fuzz_}"
  local folder
  folder=$(build_dir fuzz)
  for reader in "${chosen[@]}"; do
    corpus=$folder/corpus/$reader
    mkdir -p "$corpus" "$folder/found/$reader"
    cp -n "$root/tests/fuzz-seeds/$reader"/* "$corpus" 2>/dev/null || true
    for file in $(fuzz_samples "$reader"); do
      [ ! -f "$file" ] || cp -n --no-preserve=mode "$file" "$corpus" 2>/dev/null || true
    done
    say "fuzz: $reader, $seconds seconds"
    # Memory is bounded, and so is the time of one input: that is what is tested.
    nice -n 19 "$folder/bin/fuzz_$reader" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 \
      -max_len=65536 -print_final_stats=1 -artifact_prefix="$folder/found/$reader/" "$corpus" \
      >"$folder/$reader.log" 2>&1 || failed=1
    grep -E 'SUMMARY|stat::number_of_executed|stat::peak_rss' "$folder/$reader.log" || true
  done
  [ "$failed" = 0 ] || say "fuzz: inputs that failed are in $folder/found; a small one belongs into tests/fuzz-seeds"
  return "$failed"
}
