#include "core/advice/train_estimate.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace assay {

namespace {

/// libtorch with its libraries, the program and its thread pools, before any tensor exists.
constexpr double programBytes = 190e6;
/// Id and label, 4 bytes each, and the probe's prompt, a part of the ids.
constexpr double bytesPerDataToken = 10;

std::string number(double value) {
    char text[48];
    if (value >= 1e9)
        std::snprintf(text, sizeof text, "%.2f G", value / 1e9);
    else if (value >= 1e6)
        std::snprintf(text, sizeof text, "%.2f M", value / 1e6);
    else if (value >= 1e4)
        std::snprintf(text, sizeof text, "%.1f k", value / 1e3);
    else
        std::snprintf(text, sizeof text, "%.0f", value);
    return text;
}

/// Numbers that one token leaves behind in one layer: see Layer::Saved.
double elementsPerTokenAndLayer(const TrainingSizes& sizes) {
    const double attention = double(sizes.heads * sizes.headDimension);
    const double keyValue = double(sizes.kvHeads * sizes.headDimension);
    return 4 * double(sizes.hidden) + 2 * attention + 2 * keyValue + 2 * double(sizes.intermediate)
        + double(sizes.extraPerTokenAndLayer);
}

MemoryPart activations(const TrainingSizes& sizes) {
    const double type = sizes.bf16 ? 2 : 4;
    const double tokens = double(sizes.microBatchTokens);
    const double attention = double(sizes.heads * sizes.headDimension);
    const double keyValue = double(sizes.kvHeads * sizes.headDimension);
    const double perLayer = elementsPerTokenAndLayer(sizes) * type
        + 4 * (double(sizes.heads) + 2); // log-sum-exp and the two norms' scales, always fp32
    // Kept once: the last hidden states, both passes' scratch, and the gradient that travels back.
    const double once
        = (4 * double(sizes.hidden) + 2 * double(sizes.intermediate) + 2 * attention + 2 * keyValue)
        * type;
    if (sizes.checkpointing) { // the inputs of all layers, and the inside of one
        const double input = double(sizes.hidden) * type;
        return {"activations", tokens * (input * double(sizes.layers) + perLayer + once),
            number(tokens) + " tokens x (" + std::to_string(sizes.layers) + " layers x "
                + number(input) + " B + " + number(perLayer) + " B + " + number(once) + " B)"};
    }
    return {"activations", tokens * (perLayer * double(sizes.layers) + once),
        number(tokens) + " tokens x (" + std::to_string(sizes.layers) + " layers x "
            + number(perLayer) + " B + " + number(once) + " B)"};
}

MemoryPart logits(const TrainingSizes& sizes) {
    const double type = sizes.bf16 ? 2 : 4;
    const double rows = double(std::min(logitsChunkRows(sizes.vocabulary),
        std::max<std::int64_t>(sizes.microBatchTrainedTokens, 1)));
    // The chunk is reused for its gradient; beside it stand its hidden states and their gradient.
    const double bytes = rows * (double(sizes.vocabulary) + 2 * double(sizes.hidden)) * type;
    return {"logits", bytes,
        number(rows) + " positions at a time x (" + number(double(sizes.vocabulary))
            + " vocabulary + 2 x " + number(double(sizes.hidden)) + " hidden) x " + number(type)
            + " B"};
}

} // namespace

std::int64_t logitsChunkRows(std::int64_t vocabulary) {
    return std::clamp<std::int64_t>(
        (std::int64_t(1) << 22) / std::max<std::int64_t>(vocabulary, 1), 32, 4096);
}

std::vector<MemoryPart> memoryParts(const TrainingSizes& sizes) {
    const double p = double(sizes.parameters);
    const double own = sizes.trainedOwn < 0 ? p : double(sizes.trainedOwn);
    const auto pairs = double(sizes.adapterParameters);
    const double learning = own + pairs;
    const std::string count = number(p) + " parameters x ";
    const std::string trained = number(learning) + " trained x ";
    std::vector<MemoryPart> parts;
    if (sizes.hasAdapter)
        parts.push_back(
            {"weights", p * (sizes.bf16 ? 2 : 4) + (sizes.bf16 ? own * 4 : 0) + pairs * 4,
                count + (sizes.bf16 ? "2 B + " : "4 B + ") + trained + "4 B"});
    else
        parts.push_back({"weights", p * (sizes.bf16 ? 6 : 4),
            count + (sizes.bf16 ? "(4 B master + 2 B to compute with)" : "4 B")});
    parts.push_back({"gradients", learning * 4, trained + "4 B"});
    parts.push_back({"optimizer", learning * 8, trained + "(4 B + 4 B of AdamW's averages)"});
    parts.push_back(activations(sizes));
    parts.push_back(logits(sizes));
    parts.push_back({"data", double(sizes.dataTokens) * bytesPerDataToken,
        number(double(sizes.dataTokens)) + " tokens x " + number(bytesPerDataToken) + " B"});
    parts.push_back({"program", programBytes, "the program and its libraries, about"});
    return parts;
}

double totalBytes(const std::vector<MemoryPart>& parts) {
    double bytes = 0;
    for (const MemoryPart& part : parts)
        bytes += part.bytes;
    return bytes;
}

double scoringFlopsPerToken(const TrainingSizes& sizes, double trainedShare, double meanContext) {
    const double head = double(sizes.vocabulary) * double(sizes.hidden);
    const double body = double(sizes.parameters) - head * (sizes.tiedEmbeddings ? 1 : 2);
    const double attention = 2 * double(sizes.layers) * double(sizes.heads * sizes.headDimension)
        * meanContext; // 4 for scores and sums over all of it, half of that in the triangle
    return 2 * std::max(body, 0.0) + 2 * head * trainedShare + attention;
}

double trainingFlopsPerToken(const TrainingSizes& sizes, double trainedShare, double meanContext) {
    const double passes = (sizes.hasAdapter ? 2 : 3) + (sizes.checkpointing ? 1 : 0);
    return passes * scoringFlopsPerToken(sizes, trainedShare, meanContext);
}

double assumedFlopsPerSecond(int threads) {
    return 8e9 * std::max(threads, 1);
}

} // namespace assay
