#include "core/advice/curve_advice.h"

#include <algorithm>

namespace assay {

namespace {

constexpr CurveAdvice entries[] = {
    {"loss.not_finite",
        "The loss is not a number at step {step} ({count} of {points} points are not).",
        "a recorded NaN or infinity",
        "Look at the samples of that step, then lower the learning rate or raise the warm-up; "
        "nothing learnt after it counts.",
        "derived"},
    {"gradient.not_finite",
        "The gradient norm is not a number at step {step} ({count} of {points} points).",
        "a recorded NaN or infinity",
        "A few at the start of 16-bit training are steps that were skipped; more mean overflow: "
        "use bf16 or a lower learning rate.",
        "derived"},
    {"evaluation.not_finite",
        "The evaluation loss is not a number at step {step} ({count} of {points} evaluations).",
        "a recorded NaN or infinity",
        "Check that the held-out rows have trained tokens after truncation: a mean over no tokens "
        "is NaN.",
        "TRL #1053"},
    {"loss.zero", "The loss is 0 from step {step} on.", "three points in a row at most 1e-6",
        "Check that the labels are not all masked (the label preview shows them); else 16-bit "
        "overflow or the attention kernel.",
        "Unsloth #2095, LLaMA-Factory #8088"},
    {"loss.first_guessing",
        "The first loss {loss} is that of guessing: ln of {vocabulary} entries is {guessing}.",
        "within 0.35 nats of the logarithm of the vocabulary's size",
        "Right for training from nothing. For a trained model the head or the weights are not "
        "those it was trained with.",
        "derived"},
    {"loss.first_high", "The first loss is {loss} (step {step}).",
        "heuristic: {limit} nats or more, for a model that was trained before",
        "Usual causes: another chat template than the model knows, untrained tokens, a sum in "
        "place of a mean.",
        "Yi #68, TRL #2834, LLaMA-Factory #7743"},
    {"loss.spike",
        "The loss jumps to {loss} at step {step}, {factor} times the median of the {window} points "
        "before ({median}), and is back after {points} points. Such jumps: {count}.",
        "heuristic: twice the median of the points before",
        "Look at the samples of that step; one bad sample does this.",
        "Axolotl; stas00, ml-engineering"},
    {"loss.spike_stays",
        "The loss jumps to {loss} at step {step}, {factor} times the median of the {window} points "
        "before ({median}), and does not come back. Such jumps: {count}.",
        "heuristic: twice the median of the points before, never within a fifth of it again",
        "Go back to the checkpoint before it, leave out the rows of that step, lower the learning "
        "rate.",
        "Axolotl; stas00, ml-engineering"},
    {"loss.diverged", "The loss was {least} at step {step} and ends at {end}.",
        "mean of the last ten points above {factor} times the lowest mean of ten",
        "Use the checkpoint nearest to that step; lower the learning rate or raise the warm-up.",
        "derived"},
    {"loss.no_fall", "The loss does not fall: {first} at the beginning, {last} at the end.",
        "means of the first and last {window} points, less than 2 % apart",
        "Check the learning rate and which tokens are trained; then try 2 to 5 times the rate.",
        "Axolotl"},
    {"loss.plateau", "The loss stays near {last} from step {step} on (there {middle}).",
        "heuristic: the second half changes it by less than {share}, above 1 nat",
        "Try 2 to 5 times the learning rate; check masks and weight decay.", "Axolotl"},
    {"loss.low", "The training loss ends at {loss}: the rows are nearly known by heart.",
        "heuristic: mean of the last {window} points below {limit} nats",
        "Judge on held-out rows and paraphrases; fewer epochs or a lower rate.", "Unsloth guide"},
    {"loss.epoch_step",
        "The loss steps down where an epoch begins: from {before} to {after} at step {step}, epoch "
        "{epoch} ({steps} of {boundaries} boundaries). These rows have been seen before: this is "
        "memorising, not a fault.",
        "{window} points on each side; the drop {drop} is above 5 %, above three standard errors, "
        "and above the trend inside the epoch",
        "Judge on the evaluation loss; fewer epochs or a lower rate if that rises.",
        "LLaMA-Factory #1674, FastChat #2025, fast.ai 2023-09-04"},
    {"evaluation.overfit",
        "Evaluation was best at step {step} ({best}) and ends at {last}, while the training loss "
        "goes on falling ({train_then} to {train_now}): over-fit.",
        "{count} evaluations; the last at least 2 % and 0.01 nats above the lowest",
        "Use the checkpoint nearest to that step; fewer epochs, a lower rate or a smaller rank.",
        "Axolotl"},
    {"evaluation.rises",
        "Evaluation was best at step {step} ({best}) and ends at {last}; the training loss does "
        "not fall either.",
        "{count} evaluations; the last at least 2 % and 0.01 nats above the lowest",
        "Use the checkpoint nearest to that step; lower the learning rate.", "derived"},
    {"evaluation.set_rises",
        "Held out, {set} was best at step {step} ({best}) and ends at {last}; {rising} of {sets} "
        "sets get worse.",
        "the last evaluation at least 10 % and 0.05 nats above the lowest; three evaluations or "
        "more",
        "What the training does not hold is being forgotten: mix in rows of that kind, or use an "
        "earlier checkpoint.",
        "derived"},
    {"evaluation.equals_training",
        "Evaluation and training loss are the same number at {same} of {count} evaluations.",
        "equal to one part in a million at the same step, at least half of the evaluations",
        "The held-out set is the training set, or one number was logged twice: check the script.",
        "derived"},
    {"rate.zero", "The learning rate is 0 throughout: nothing is learnt.", "no value above 0",
        "Check schedule and learning rate.", "derived"},
    {"rate.not_warmed",
        "The learning rate starts at {first} (step {step}; its largest is {largest}): there is no "
        "warm-up.",
        "the first logged rate is at least 90 % of the largest",
        "A few percent of the steps as warm-up prevent an early jump of the loss.", "derived"},
    {"gradient.constant", "The gradient norm is {value} at all {points} points.",
        "every value equal",
        "A norm that never moves was not measured, or the gradients are not "
        "real: check the trainer.",
        "LLaMA-Factory #9567"},
    {"gradient.high",
        "The gradient norm is above {limit} at {count} of {points} points (most: {most} at step "
        "{step}).",
        "heuristic: 0.1 to 10 is usual, above 100 unstable",
        "Lower the learning rate or look at the rows of those steps; clipping hides it.",
        "Axolotl"},
    {"channel.rises",
        "{channel} gets worse: {first} in the first third, {last} in the last, while the whole "
        "falls ({total_first} to {total_last}).",
        "means of thirds of {points} points; more than three standard errors and 2 %",
        "Other channels overwrite it: give it more weight or more rows, or leave the others less.",
        "stas00, ml-engineering; action derived"},
    {"channel.stays",
        "{channel} does not fall: {first} in the first third, {last} in the last, while the whole "
        "falls ({total_first} to {total_last}).",
        "means of thirds of {points} points; less than 2 % apart, above 0.5 nats",
        "Too few rows, or too hard for a model of this size: look at its rows with the highest "
        "loss.",
        "derived"},
    {"log.went_back",
        "The log goes back to step {step}: {count} points stand for steps that were done twice.",
        "a step below one logged before",
        "The run was resumed from an older checkpoint; curves by time show both passes.",
        "derived"},
    {"log.ends_early", "The log ends at step {step} of {total}.",
        "the last step is below 98 % of the plan",
        "The run was stopped, or this is a copy made while it ran.", "derived"},
};

} // namespace

std::span<const CurveAdvice> curveAdvice() {
    return entries;
}

const CurveAdvice* findCurveAdvice(std::string_view rule) {
    const auto found = std::ranges::find(entries, rule, &CurveAdvice::rule);
    return found == std::end(entries) ? nullptr : found;
}

std::string filledAdvice(std::string_view pattern, const CurveFinding& finding) {
    std::string text(pattern);
    for (const auto& [name, value] : finding.arguments) {
        const std::string place = "{" + name + "}";
        for (std::size_t at = text.find(place); at != std::string::npos;
             at = text.find(place, at + value.size()))
            text.replace(at, place.size(), value);
    }
    return text;
}

} // namespace assay
