#include "core/advice/parameter_help.h"

#include <algorithm>

namespace assay {

namespace {

constexpr ParameterHelp entries[] = {
    {"version", "Format version",
        "Version of this file's format. The program refuses one that it does not know.", "1", ""},
    {"kind", "Kind of run",
        "\"sft\" teaches a model to answer: the loss is taken on the answers of conversations. "
        "\"pretrain\" "
        "learns plain text: the loss is taken on every token. \"dpo\" learns from pairs of answers "
        "which of the two is better.",
        "sft, pretrain, dpo", ""},
    {"name", "Name",
        "What people call this run; it changes nothing else. Empty: made of the kind and the time.",
        "any text", ""},

    {"model", "Model",
        "Where the weights come from: a model folder (path), or a random start (shape and "
        "tokenizer).",
        "", ""},
    {"model.path", "Model folder",
        "A Hugging Face folder with config.json and model.safetensors to start from. Empty for a "
        "random start.",
        "a folder", ""},
    {"model.shape", "Shape of a new model",
        "Size of a Llama-style model that starts from random weights; null when model.path is "
        "given.",
        "null, or all of the keys inside", ""},
    {"model.shape.hidden_size", "Hidden size",
        "Width of the vectors that pass from layer to layer, in numbers a token. Parameters and "
        "time grow with "
        "its square. A multiple of heads.",
        "64-512 for experiments on a CPU; 2048-8192 in large models",
        "published Llama configurations"},
    {"model.shape.intermediate_size", "Feed-forward size",
        "Width inside the feed-forward block of each layer, in numbers a token.",
        "8/3 of hidden_size, rounded up", "arXiv 2302.13971, section 2.2"},
    {"model.shape.layers", "Layers",
        "How many blocks follow one another. Parameters and time grow in proportion.",
        "2-12 for experiments on a CPU; 16-80 in large models", "published Llama configurations"},
    {"model.shape.heads", "Attention heads",
        "Into how many heads the attention is split; each is hidden_size / heads wide, which must "
        "be even.",
        "heads of 32-128 numbers", "published Llama configurations"},
    {"model.shape.kv_heads", "Key/value heads",
        "Heads that hold keys and values. Fewer than heads saves cache memory: groups of heads "
        "then share one "
        "(grouped-query attention). Must divide heads.",
        "heads, or heads / 2 to heads / 8", "arXiv 2305.13245"},
    {"model.shape.max_positions", "Longest context",
        "The most tokens the model may ever see in one sequence; data.max_length may not be "
        "larger.",
        "256-4096 for experiments", ""},
    {"model.shape.tied_embeddings", "Tied embeddings",
        "Whether input and output share one table of token vectors. Saves vocabulary x hidden_size "
        "parameters, "
        "which is most of a small model.",
        "true for small models, false for large ones", "arXiv 1608.05859"},
    {"model.shape.rope_theta", "Rotary base",
        "Base of the rotary position angles. A larger one tells distant positions apart better in "
        "long contexts.",
        "10000; 500000 for long contexts", "arXiv 2104.09864; published Llama 3 configuration"},
    {"model.shape.norm_eps", "Norm epsilon",
        "Added under the root in RMS normalisation, against division by zero.", "1e-6 to 1e-5",
        "published Llama configurations"},
    {"model.shape.init_std", "Initial spread",
        "Standard deviation of the normal distribution from which random weights are drawn.",
        "0.02", "default of Hugging Face configurations (initializer_range)"},
    {"model.tokenizer", "Tokenizer of a new model",
        "A folder with a tokenizer (tokenizer.json, tokenizer.model and other kinds) for a random "
        "start; the trained model's folder gets a copy. Empty when model.path is given, whose own "
        "tokenizer is used.",
        "a folder", ""},

    {"adapter", "Adapter",
        "A small addition to a model that stays as it is: two thin matrices beside each "
        "chosen map are trained in place of all weights. Takes far less memory, and the "
        "result is a small folder that belongs to its model.",
        "", "arXiv 2106.09685"},
    {"adapter.kind", "Kind of adapter",
        "\"none\" trains the model's own weights. \"lora\" adds a low-rank product scaled by "
        "alpha / rank, \"rslora\" by alpha / sqrt(rank), which keeps large ranks learning; "
        "\"dora\" also learns a length for each row of the weight, at about the price of one "
        "more product.",
        "none, lora, rslora, dora", "arXiv 2106.09685, 2312.03732, 2402.09353"},
    {"adapter.start", "Go on from an adapter",
        "An adapter's folder (PEFT) to train on. Its kind, rank, alpha and targets are kept; "
        "those given here are not used then. Empty starts a new one.",
        "empty, or a folder", ""},
    {"adapter.rank", "Rank",
        "Width of the two matrices: how much the adapter can hold. Parameters and memory grow"
        " with it; small data needs little.",
        "8-32; 64-256 for large data",
        "TRL documentation (LoRA without regret); Unsloth guide; axolotl documentation"},
    {"adapter.alpha", "Alpha",
        "Scale of what the adapter adds: alpha / rank (rslora: alpha / sqrt(rank)). Doubling "
        "it acts much like doubling the learning rate.",
        "rank to 2 x rank", "axolotl documentation; Unsloth guide"},
    {"adapter.dropout", "Adapter dropout",
        "Share of a map's inputs that the adapter does not see at each training step, anew "
        "each time; against learning few rows by heart. The model itself sees all of them.",
        "0-0.1", "arXiv 2106.09685"},
    {"adapter.targets", "Targets",
        "Which maps get an adapter: \"all-linear\" (every map of every layer, not the head), "
        "names or ends of names such as q_proj; v_proj, or re: and a regular expression for "
        "whole names.",
        "all-linear", "TRL documentation (LoRA without regret): all maps beat attention only"},
    {"adapter.saved_whole", "Also trained whole",
        "Modules trained in full beside the adapter and stored with it: embed_tokens and "
        "lm_head, for new tokens or a new language.",
        "empty; embed_tokens; lm_head", "PEFT documentation on modules_to_save"},
    {"freeze", "Kept as it is",
        "Parts of the model that do not learn. They take no gradient and no optimiser state; "
        "the first layers also save time. For adapters the whole model is kept as it is "
        "anyway.",
        "", ""},
    {"freeze.embeddings", "Keep embeddings",
        "Keeps the table of token vectors as it is, and the head where both are one table.",
        "false", ""},
    {"freeze.first_layers", "Keep first layers",
        "So many layers from the input on stay as they are. The backward pass ends there, "
        "where the embeddings are kept too.",
        "0, or up to half of the layers", "heuristic"},
    {"freeze.modules", "Keep modules",
        "Names or ends of names of modules that stay as they are in every layer, such as "
        "k_proj; v_proj or input_layernorm.",
        "empty", ""},
    {"data", "Data",
        "What is learnt from. Exactly one of project, files and tokenized is given. The rows are "
        "copied into the "
        "job folder, so that the run can be repeated.",
        "", ""},
    {"data.project", "Project", "A project folder (NAME.assay) whose samples are learnt.",
        "a folder", ""},
    {"data.view", "View",
        "Which samples of the project: the name of a saved view, or a filter as JSON text such as "
        "{\"channels\":[\"capitals\"]}. Samples that were rejected are left out unless the view "
        "asks for them. "
        "Empty takes all others.",
        "empty, a name, or a filter", ""},
    {"data.files", "Files",
        "Data files in any format that can be imported (Alpaca, ShareGPT, OpenAI messages, CSV, "
        "TSV); for "
        "pre-training plain text, where an empty line ends a document, or rows with a text.",
        "a list of files", ""},
    {"data.tokenized", "Tokenised file",
        "A JSONL file whose lines are {\"ids\":[..],\"labels\":[..]}, labels -100 where nothing is "
        "to be learnt. "
        "Without labels every token is learnt.",
        "a file", ""},
    {"data.held_out", "Held-out part",
        "Rows that are kept apart for evaluation and never trained: below 1 a share of all rows, "
        "from 1 on a "
        "number of rows. 0: no evaluation loss.",
        "0.01-0.1", "heuristic; the part should hold 50 rows or more"},
    {"data.order", "Order",
        "\"shuffle\" mixes the rows anew for every epoch, by the seed; \"file\" keeps their order.",
        "shuffle", ""},
    {"data.max_length", "Longest sequence",
        "Most tokens of one row, template included. Longer rows are treated as overlong says. "
        "Memory and time "
        "grow with it.",
        "at least the 99th percentile of the rows' lengths",
        "LLaMA-Factory issue 3995: answers cut unseen"},
    {"data.overlong", "Overlong rows",
        "What happens to rows above max_length: \"truncate\" cuts their end (counted, with the "
        "answer tokens "
        "lost), \"drop\" leaves them out (counted), \"raise\" ends the run with the rows' ids.",
        "truncate, drop, raise", ""},
    {"data.packing", "Packing",
        "Puts several short rows into one sequence, each blind to the others and with positions of "
        "its own, so "
        "that no time goes into padding. The result is the same as without; steps become fewer and "
        "larger.",
        "true", "TRL documentation on packing; TRL issue 3910 on what wrong packing costs"},
    {"data.train_on_prompt", "Learn prompts too",
        "Takes the loss on every token of a conversation, not only on the answers. Teaches the "
        "model to write "
        "questions as well.",
        "false", ""},
    {"data.train_on_history", "Learn earlier answers too",
        "Takes the loss on every answer of a conversation. Off: on the last answer only; "
        "those before it are context, as in data where only the end was checked.",
        "true", "LLaMA-Factory's mask_history"},
    {"data.weight_key", "Key of row weights",
        "Key of a row's own data (meta) that holds its weight in the loss: 2 counts its "
        "tokens twice, 0 leaves the row out. Rows without the key weigh 1. Messages may have "
        "weights of their own (weight, train_weight); both are multiplied.",
        "empty, or a key such as weight", ""},
    {"data.mix", "Mix of channels",
        "How often rows of a channel are seen in an epoch: general=0.5 (half of them, others "
        "in the next epoch), hard=2 (each twice), replay=10% (so many of all rows of an "
        "epoch, repeated where there are too few). Channels that are not named are seen once."
        " Mixing in general rows keeps a model from forgetting.",
        "empty; replay of 1-10 %, up to 50 % for a strong shift",
        "arXiv 2403.08763; the mixes of general and own data in InternVL issue 568 are 1:1 to"
        " 5:1"},
    {"data.empty_rows", "Rows without answer tokens",
        "What happens to rows in which no token is left to learn after template and truncation: "
        "\"raise\" ends "
        "the run with the rows' ids, \"skip\" leaves them out, counted.",
        "raise", "TRL issues 1053 and 1191: such rows made losses of zero or NaN unseen"},

    {"chat_template", "Chat template",
        "How messages become text. Training, chat and scoring must use the same one, so it is "
        "stored with the "
        "trained model. Empty takes the one stored with the model folder.",
        "chatml, llama-2, alpaca, plain",
        "LLaMA-Factory issue 2509: 26 % against 57 % accuracy by template alone"},

    {"optimizer", "Optimiser", "AdamW: how a gradient becomes a change of the weights.", "",
        "arXiv 1711.05101"},
    {"optimizer.learning_rate", "Learning rate",
        "Size of a step at its highest. The most important number: too high and the loss jumps or "
        "turns to NaN, "
        "too low and nothing is learnt in the time given.",
        "1e-5 to 5e-5 to fine-tune all weights up to 13B parameters; 1e-4 to 3e-3 for models of a "
        "few million "
        "or from random weights",
        "axolotl documentation on training stability; for tiny models heuristic"},
    {"optimizer.schedule", "Schedule",
        "How the rate goes on after the warm-up: \"constant\" stays, \"linear\" and \"cosine\" "
        "fall to "
        "min_learning_rate_ratio at the last step.",
        "cosine",
        "arXiv 1608.03983; arXiv 2412.13337 finds that it may be constant in fine-tuning"},
    {"optimizer.warmup_ratio", "Warm-up share",
        "Share of all steps over which the rate rises from 0, while the optimiser's averages "
        "settle. Ignored when "
        "warmup_steps is 0 or more.",
        "0.03-0.1", "axolotl documentation on training stability"},
    {"optimizer.warmup_steps", "Warm-up steps",
        "The same as a number of steps; -1 lets warmup_ratio decide.", "-1, or 10-2000", ""},
    {"optimizer.min_learning_rate_ratio", "Final rate",
        "The schedule ends at this share of learning_rate.", "0 to 0.1",
        "arXiv 2203.15556 uses 0.1"},
    {"optimizer.beta1", "Beta 1",
        "How slowly the average of gradients forgets; closer to 1 is slower.", "0.9",
        "arXiv 1412.6980"},
    {"optimizer.beta2", "Beta 2",
        "How slowly the average of squared gradients forgets. Lower reacts faster to a sudden "
        "change.",
        "0.95-0.999", "defaults of common trainers"},
    {"optimizer.epsilon", "Epsilon", "Added to the divisor of a step, against division by zero.",
        "1e-8", "arXiv 1412.6980"},
    {"optimizer.weight_decay", "Weight decay",
        "Pulls weights towards zero at every step, in proportion to the rate. Only on matrices; "
        "norms and biases "
        "are left alone.",
        "0-0.1", "axolotl documentation on training stability"},
    {"optimizer.clip_norm", "Gradient clipping",
        "Gradients whose norm over all parameters is larger are scaled down to it, so that one bad "
        "batch does "
        "not undo the training. 0: no clipping.",
        "1.0", "defaults of common trainers"},

    {"optimizer.neftune_alpha", "Embedding noise (NEFTune)",
        "Adds uniform noise of alpha / sqrt(tokens x hidden_size) to the embeddings in "
        "training, which made short tuning runs answer at more length and repeat rows less. "
        "0: none. Losses while training are those with noise.",
        "0; 5-15", "arXiv 2310.05914"},
    {"schedule", "Amount of training", "How long is trained, and how much goes into one step.", "",
        ""},
    {"schedule.epochs", "Epochs",
        "How often every row is seen; may be a fraction. More memorise rather than teach: the "
        "training loss falls "
        "in steps at each epoch's start while the evaluation loss turns up.",
        "1-3 for fine-tuning; up to 4 passes over the same text in pre-training",
        "Unsloth guide; arXiv 2305.16264"},
    {"schedule.max_steps", "Steps",
        "Ends after so many steps in place of epochs; -1 lets epochs decide.", "-1, or a number",
        ""},
    {"schedule.micro_batch_tokens", "Tokens a micro-batch",
        "With packing: how many tokens are computed at once. Decides the memory; at least "
        "data.max_length.",
        "1024-8192 on a CPU", "heuristic"},
    {"schedule.micro_batch_rows", "Rows a micro-batch",
        "Without packing: how many rows are computed at once.", "1-16", "heuristic"},
    {"schedule.accumulation", "Accumulation",
        "How many micro-batches make one step. The loss is divided by the trained tokens of the "
        "whole step, so a "
        "step is the same however it is split.",
        "so that a step has 32-128 rows",
        "axolotl and TRL documentation; arXiv 2412.13337 prefers more"},

    {"schedule.gradient_checkpointing", "Gradient checkpointing",
        "Keeps only the input of each layer and computes its inside again in the backward "
        "pass: the same numbers, far less memory, about a quarter to a third more time.",
        "false where it fits without", "axolotl documentation; arXiv 1604.06174"},
    {"dpo", "Preferences",
        "Learning from pairs of a better and a worse answer (kind dpo), against the model as "
        "it is at the start.",
        "", "arXiv 2305.18290"},
    {"dpo.beta", "Beta",
        "How tightly the model is held to what it was: larger stays closer. Multiplies the "
        "difference of log-probabilities.",
        "0.1-0.5", "arXiv 2305.18290"},
    {"dpo.label_smoothing", "Label smoothing",
        "Share of pairs that are taken to be the wrong way round, where annotators disagree.",
        "0-0.2", "Mitchell, note on noisy preferences (cDPO), 2023"},
    {"evaluation", "Evaluation", "What is measured while training, on rows that are never trained.",
        "", ""},
    {"evaluation.every_steps", "Every so many steps",
        "Evaluates after so many steps; 0: at each epoch's end.", "0, or 50-500", ""},
    {"evaluation.probe_prompts", "Probe prompts",
        "How many held-out prompts are answered, greedily, at each evaluation, to be read side by "
        "side.",
        "0-16", ""},
    {"evaluation.probe_max_new", "Probe length", "Most tokens of one such answer.", "32-128", ""},
    {"evaluation.probe_rows", "Probe rows",
        "Fixed training rows whose loss is taken before training and at each epoch's end, all with "
        "the same "
        "weights: the losses noted while training come from weights that move.",
        "32-256", ""},
    {"evaluation.patience", "Patience",
        "Ends the run after so many evaluations in a row without a better evaluation loss; 0: "
        "never.",
        "0, or 2-5", "heuristic"},
    {"evaluation.min_improvement", "Least improvement",
        "By how much the evaluation loss must fall to count as better, in nats a token.", "0-0.01",
        "heuristic"},

    {"checkpoints", "Checkpoints", "Whole states of the run, from which it goes on bit for bit.",
        "", ""},
    {"checkpoints.every_steps", "Every so many steps",
        "Writes a checkpoint after so many steps; 0: at each epoch's end. Work since the last one "
        "is lost when "
        "the machine fails.",
        "0, or what takes 5-30 minutes", "heuristic"},
    {"checkpoints.keep", "Kept checkpoints",
        "How many of the newest are kept; the best by evaluation loss is kept besides. In fp32 "
        "each takes about 12 bytes a parameter.",
        "1-5", ""},

    {"dtype", "Number format",
        "\"f32\" computes in 32 bits; \"bf16\" computes in 16 bits with 32-bit master weights, "
        "faster where the "
        "processor has units for it. A spike that does not recover can come from bf16.",
        "f32 for small models, bf16 for large ones", ""},
    {"seed", "Seed",
        "Start of all random choices: initial weights, order, held-out rows. The same seed, data, "
        "program, "
        "processor and thread count give the same run bit for bit.",
        "any whole number", ""},
    {"threads", "Threads", "Processor threads to compute with; 0: all.", "0", ""},
    {"on_nan", "On NaN",
        "What a loss or gradient that is NaN or infinite does: \"stop\" ends the run with the step "
        "named, \"skip\" "
        "leaves the step out, counted.",
        "stop", ""},
};

} // namespace

std::span<const ParameterHelp> parameterHelp() {
    return entries;
}

const ParameterHelp* findParameterHelp(std::string_view key) {
    const auto found = std::ranges::find(entries, key, &ParameterHelp::key);
    return found == std::end(entries) ? nullptr : found;
}

} // namespace assay
