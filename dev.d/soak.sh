# ./dev soak [MINUTES]: a training run that is killed and resumed again and again must end exactly as one
# that was left alone.

# Writes a spec for a tiny model on the demo world's corpus: many short steps, frequent checkpoints.
soak_spec() {
  cat <<END
{ "version": 1, "kind": "pretrain", "name": "soak", "seed": $1, "threads": 1,
  "model": { "shape": { "hidden_size": 32, "intermediate_size": 64, "layers": 2, "heads": 2, "kv_heads": 1,
             "max_positions": 128 }, "tokenizer": "tokenizer" },
  "data": { "files": ["world/corpus.txt"], "max_length": 64, "held_out": 50 },
  "schedule": { "max_steps": 300, "micro_batch_tokens": 512 },
  "evaluation": { "every_steps": 100, "probe_prompts": 0, "probe_rows": 8 },
  "checkpoints": { "every_steps": 20, "keep": 2 } }
END
}

# The loss of every step, in order, without what differs from run to run (times).
losses_of() { grep -o '"step":[0-9]*,\|"loss":[^,}]*' "$1/metrics.jsonl"; }

# Becomes the process that starts or continues the job (to be run in a subshell):
# a kill before the folder was whole leaves none.
soak_continue() {
  if [ -f "$folder/killed/spec.json" ]; then
    exec "$cli" run "$folder/killed" --quiet
  else
    exec "$cli" train --spec "$folder/spec.json" --job "$folder/killed" --quiet
  fi
}

# The table of groups in a journey's output: from its header to the line that explains it.
table_of() { sed -n '/^ *planted .*as planted$/,/^ *control:/p' "$1" | sed '$d'; }

soak_demo() {
  local seeds=3 folder cli seed failed=0
  if [ "${1:-}" = --seeds ]; then
    seeds=${2:?how many seeds}
  elif [ $# -gt 0 ]; then
    say "soak demo: $1 is not known; ./dev soak demo [--seeds N]"
    return 2
  fi
  build_preset "$preset" "${cli_targets[@]}"
  cli=$(build_dir)/bin/assay-cli
  folder=$(build_dir)/soak-demo
  mkdir -p "$folder"
  for ((seed = 7; seed < 7 + seeds; seed++)); do
    "$cli" demo --out "$folder/seed-$seed" --seed "$seed" >"$folder/seed-$seed.txt"
    echo "seed $seed: $(tail -n 1 "$folder/seed-$seed.txt")"
    table_of "$folder/seed-$seed.txt"
    grep -q '^ *Every group shows its cause' "$folder/seed-$seed.txt" || {
      say "soak demo: seed $seed: $(grep -o 'Not every group shows.*' "$folder/seed-$seed.txt"); see $folder/seed-$seed.txt"
      failed=1
    }
  done
  return "$failed"
}

dev_soak() {
  if [ "${1:-}" = demo ]; then
    shift
    soak_demo "$@"
    return
  fi
  if [ "${1:-}" = fuzz ]; then
    shift
    soak_fuzz "$@"
    return
  fi
  local minutes=${1:-5} folder cli round=0 kills end pid
  build_preset "$preset" "${cli_targets[@]}"
  cli=$(build_dir)/bin/assay-cli
  folder=$(build_dir)/soak
  rm -rf "$folder"
  mkdir -p "$folder"
  "$cli" demo-world --out "$folder/world"
  "$cli" train-tokenizer --input "$folder/world/corpus.txt" --vocab 600 --out "$folder/tokenizer"
  end=$((SECONDS + minutes * 60))
  while [ "$round" = 0 ] || [ "$SECONDS" -lt "$end" ]; do
    round=$((round + 1))
    kills=0
    soak_spec "$round" >"$folder/spec.json"
    rm -rf "$folder/whole" "$folder/killed"
    "$cli" train --spec "$folder/spec.json" --job "$folder/whole" --quiet
    soak_continue &
    pid=$!
    while sleep "0.$((RANDOM % 9 + 1))" && sleep $((RANDOM % 2)) && kill -9 "$pid" 2>/dev/null; do
      wait "$pid" 2>/dev/null || true
      kills=$((kills + 1))
      # After many kills it is left to finish, so that a round ends on slow machines too.
      [ "$kills" -lt 40 ] || { (soak_continue); break; }
      soak_continue &
      pid=$!
    done
    wait "$pid" 2>/dev/null || true
    if ! cmp -s <(losses_of "$folder/whole") <(losses_of "$folder/killed"); then
      say "soak: round $round, after $kills kills: the losses differ; see $folder"
      return 1
    fi
    if ! cmp "$folder"/whole/checkpoints/step-300/model.safetensors \
      "$folder"/killed/checkpoints/step-300/model.safetensors; then
      say "soak: round $round, after $kills kills: the weights differ; see $folder"
      return 1
    fi
    say "soak: round $round, $kills kills: losses and weights are the same"
  done
}
