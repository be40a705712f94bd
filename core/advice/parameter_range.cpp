#include "core/advice/parameter_range.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace assay {

namespace {

constexpr const char* heuristic = "heuristic";
constexpr const char* axolotl = "axolotl documentation on training stability";

std::string millions(std::int64_t parameters) {
    const double value = double(parameters) / 1e6;
    const auto text = [](double number) {
        std::string digits = std::to_string(number);
        return digits.substr(0, digits.find('.') + 2);
    };
    return value >= 1000 ? text(value / 1000) + " billion" : text(value) + " million";
}

/// From random weights, or a step of pre-training.
ParameterRange rateFromNothing(const TrainingFacts& facts) {
    const std::string size = millions(facts.parameters) + " parameters from random weights: ";
    if (facts.parameters < 20'000'000)
        return {5e-4, 5e-3, size + "so small a model stands and needs a high rate.", heuristic};
    if (facts.parameters < 200'000'000)
        return {3e-4, 1e-3, size + "125M was trained with 6e-4.", "arXiv 2005.14165, table 2.1"};
    if (facts.parameters < 2'000'000'000)
        return {1e-4, 4e-4, size + "350M to 1.3B were trained with 3e-4 to 2e-4.",
            "arXiv 2005.14165, table 2.1"};
    return {5e-5, 2e-4, size + "6.7B was trained with 1.2e-4.", "arXiv 2005.14165, table 2.1"};
}

ParameterRange rateForTuning(const TrainingFacts& facts) {
    const std::string size = millions(facts.parameters) + " parameters, all of them tuned: ";
    if (facts.parameters < 20'000'000)
        return {
            1e-4, 3e-3, size + "a tiny model needs a rate near that of pre-training.", heuristic};
    if (facts.parameters < 1'000'000'000)
        return {2e-5, 2e-4, size + "between what tiny and large models take.", heuristic};
    if (facts.parameters <= 13'000'000'000)
        return {1e-5, 5e-5, size + "usual up to 13B.", axolotl};
    return {2e-6, 2e-5, size + "large models take less than 13B ones do.", heuristic};
}

/// An adapter starts from zero and takes about ten times the rate of all weights.
ParameterRange rateForAdapter(const TrainingFacts& facts) {
    if (facts.parameters > 0 && facts.parameters < 20'000'000)
        return {5e-4, 1e-2,
            millions(facts.parameters) + " parameters with an adapter: a tiny model needs more.",
            heuristic};
    return {1e-4, 3e-4, "An adapter takes about ten times the rate of all weights.",
        "axolotl documentation; TRL documentation (LoRA without regret)"};
}

std::optional<ParameterRange> adapterRank(const TrainingFacts& facts) {
    if (!facts.adapter)
        return std::nullopt;
    if (facts.rows > 50'000)
        return ParameterRange{16, 256,
            std::to_string(facts.rows) + " rows: much to learn needs room.",
            "TRL documentation (LoRA without regret)"};
    return ParameterRange{8, 32, "Enough for most data; larger ranks are for large sets.",
        "Unsloth guide; axolotl documentation"};
}

std::optional<ParameterRange> adapterAlpha(const TrainingFacts& facts) {
    if (!facts.adapter || facts.adapterRank <= 0)
        return std::nullopt;
    return ParameterRange{double(facts.adapterRank), 2.0 * double(facts.adapterRank),
        "From the rank (" + std::to_string(facts.adapterRank) + ") to twice as much.",
        "axolotl documentation; Unsloth guide"};
}

std::optional<ParameterRange> learningRate(const TrainingFacts& facts) {
    if (facts.adapter)
        return rateForAdapter(facts);
    if (facts.parameters <= 0)
        return std::nullopt;
    if (facts.randomStart)
        return rateFromNothing(facts);
    if (!facts.pretrain)
        return rateForTuning(facts);
    // Going on with text from trained weights: re-warmed to about the rate of before, or less.
    ParameterRange range = rateFromNothing(facts);
    range.low /= 10;
    range.reason = millions(facts.parameters)
        + " parameters, trained on with text: from a tenth of the rate of a first training up to "
          "it; the loss rises first.";
    range.source = "arXiv 2308.04014; the numbers are a heuristic";
    return range;
}

std::optional<ParameterRange> epochs(const TrainingFacts& facts) {
    if (facts.pretrain)
        return ParameterRange{1, 4,
            "Up to 4 passes over the same text teach almost as much as new text.",
            "arXiv 2305.16264"};
    if (facts.rows > 0 && facts.rows < 1000)
        return ParameterRange{2, 10,
            "Only " + std::to_string(facts.rows)
                + " rows: more passes are usual, and so is learning by heart; watch the held-out "
                  "loss.",
            heuristic};
    return ParameterRange{1, 3, "More passes learn by heart rather than teach.", "Unsloth guide"};
}

std::optional<ParameterRange> maxLength(const TrainingFacts& facts) {
    if (facts.p99Length <= 0)
        return std::nullopt;
    double high = double(std::max(facts.longest, facts.p99Length));
    if (facts.maxPositions > 0)
        high = std::max(high, double(facts.maxPositions));
    double low = double(facts.p99Length);
    std::string reason = "99 % of the rows have " + std::to_string(facts.p99Length)
        + " tokens or fewer, the longest " + std::to_string(facts.longest)
        + "; what is longer is cut.";
    if (facts.pretrain) {
        low = std::min<double>(low, 256);
        reason = "Documents are cut into pieces of this length; longer pieces teach longer ties.";
    }
    if (facts.maxPositions > 0 && low > double(facts.maxPositions)) {
        low = double(facts.maxPositions);
        high = low;
        reason += " The model sees no more than " + std::to_string(facts.maxPositions) + ".";
    }
    return ParameterRange{low, high, reason, "LLaMA-Factory issue 3995: answers cut unseen"};
}

std::optional<ParameterRange> heldOut(const TrainingFacts& facts) {
    const std::string reason = "The part should hold 50 rows or more to say anything";
    if (facts.rows <= 0)
        return ParameterRange{0.01, 0.1, reason + ".", heuristic};
    // Rounded up to a whole percent: 0.037 reads as more than it says.
    const double low = std::min(0.1, std::max(0.01, std::ceil(5000.0 / double(facts.rows)) / 100));
    return ParameterRange{
        low, 0.1, reason + "; there are " + std::to_string(facts.rows) + " rows.", heuristic};
}

std::optional<ParameterRange> accumulation(const TrainingFacts& facts) {
    if (facts.rowsPerMicroBatch <= 0 || facts.pretrain)
        return std::nullopt;
    char rows[32];
    std::snprintf(rows, sizeof rows, "%.1f", facts.rowsPerMicroBatch);
    return ParameterRange{std::max(1.0, std::floor(32 / facts.rowsPerMicroBatch)),
        std::max(1.0, std::ceil(128 / facts.rowsPerMicroBatch)),
        std::string("A micro-batch holds ") + rows
            + " rows on average; a step usually has 32 to 128.",
        "axolotl and TRL documentation"};
}

std::optional<ParameterRange> microBatchTokens(const TrainingFacts& facts) {
    return ParameterRange{double(std::max<std::int64_t>(1024, facts.maxLength)),
        double(std::max<std::int64_t>(8192, facts.maxLength)),
        "Large enough to keep the processor busy, small enough for its memory.", heuristic};
}

std::optional<ParameterRange> evaluationSteps(const TrainingFacts& facts) {
    if (facts.stepsPerEpoch <= 0)
        return std::nullopt;
    return ParameterRange{0, double(std::max<std::int64_t>(facts.stepsPerEpoch, 50)),
        "An epoch has " + std::to_string(facts.stepsPerEpoch)
            + " steps; rarer than that, and a turn of the curve is missed.",
        heuristic};
}

} // namespace

std::optional<ParameterRange> recommendedRange(std::string_view key, const TrainingFacts& facts) {
    const auto fixed = [](double low, double high, const char* reason, const char* source) {
        return ParameterRange{low, high, reason, source};
    };
    if (key == "optimizer.learning_rate")
        return learningRate(facts);
    if (key == "schedule.epochs")
        return epochs(facts);
    if (key == "data.max_length")
        return maxLength(facts);
    if (key == "data.held_out")
        return heldOut(facts);
    if (key == "schedule.accumulation")
        return accumulation(facts);
    if (key == "schedule.micro_batch_tokens")
        return microBatchTokens(facts);
    if (key == "schedule.micro_batch_rows")
        return fixed(1, 16, "Rows computed at once; only without packing.", heuristic);
    if (key == "evaluation.every_steps")
        return evaluationSteps(facts);
    if (key == "optimizer.warmup_ratio")
        return fixed(0.03, 0.1, "Time for the averages of AdamW to settle.", axolotl);
    if (key == "optimizer.min_learning_rate_ratio")
        return fixed(0, 0.1, "A tenth of the rate is enough to settle.", "arXiv 2203.15556");
    if (key == "optimizer.beta1")
        return fixed(0.85, 0.95, "Nearly everyone uses 0.9.", "arXiv 1412.6980");
    if (key == "optimizer.beta2")
        return fixed(0.95, 0.999, "0.95 reacts faster to a sudden change, 0.999 is the classic.",
            "defaults of common trainers");
    if (key == "optimizer.epsilon")
        return fixed(1e-9, 1e-6, "Only guards a division.", "arXiv 1412.6980");
    if (key == "optimizer.weight_decay")
        return fixed(0, 0.1, "More can keep a model from learning.", axolotl);
    if (key == "optimizer.clip_norm")
        return fixed(0.5, 2, "Nearly everyone uses 1.", "defaults of common trainers");
    if (key == "adapter.rank")
        return adapterRank(facts);
    if (key == "adapter.alpha")
        return adapterAlpha(facts);
    if (key == "adapter.dropout")
        return fixed(0, 0.1, "More takes away what the adapter could learn.", "arXiv 2106.09685");
    if (key == "optimizer.neftune_alpha")
        return fixed(0, 15, "5 to 15 were tried; 0 is none.", "arXiv 2310.05914");
    if (key == "dpo.beta")
        return fixed(0.1, 0.5, "0.1 is usual; more stays closer to the start.", "arXiv 2305.18290");
    if (key == "dpo.label_smoothing")
        return fixed(0, 0.2, "As many pairs as are the wrong way round.",
            "Mitchell, note on noisy preferences, 2023");
    if (key == "evaluation.probe_prompts")
        return fixed(0, 16, "Each is answered in full at every evaluation.", heuristic);
    if (key == "evaluation.probe_max_new")
        return fixed(16, 128, "Enough to see whether an answer begins well.", heuristic);
    if (key == "evaluation.probe_rows")
        return fixed(32, 256, "Fewer are noise, more take time at every epoch.", heuristic);
    if (key == "evaluation.patience")
        return fixed(0, 5, "0 never ends early; 2 to 5 forgive a bump.", heuristic);
    if (key == "evaluation.min_improvement")
        return fixed(0, 0.01, "Less than the noise of most held-out sets.", heuristic);
    if (key == "checkpoints.keep")
        return fixed(1, 5, "Each takes 12 bytes a parameter on the disk.", "");
    if (key == "model.shape.init_std")
        return fixed(0.005, 0.05, "0.02 is the common default.",
            "default of Hugging Face configurations (initializer_range)");
    if (key == "model.shape.norm_eps")
        return fixed(1e-6, 1e-5, "Only guards a division.", "published Llama configurations");
    return std::nullopt;
}

} // namespace assay
